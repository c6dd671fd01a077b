// Command warraqcheck calls everything that a running server offers and checks the answers by bytes, as
// Go indexes strings. See buf.gen.yaml for how the generated code is made; then, from this folder:
//
//	go run . 127.0.0.1:50051 ../../../samples/*.ar.txt
//
// It prints a line for each article and exits with 1 at the first thing that is wrong.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	pb "warraqcheck/gen/warraq/v1"
)

const unit = pb.OffsetUnit_OFFSET_UNIT_UTF8_BYTE

// Put before an article so that bytes differ from the other units: a byte order mark, emoji of one and
// of several code points, letters beyond U+FFFF, marks that do not compose and CRLF.
const prefix = "\ufeff\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1f8\U0001f1fe \U0001d4d0\U0001d4d1\r\n\r\n" +
	"مُحَمَّدٌ e\u0301x\u0323\u0307 كتـــاب\r\n\r\n"

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: warraqcheck HOST:PORT FILE...")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "go client:", err)
		os.Exit(1)
	}
}

func run(address string, files []string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	conn, err := grpc.NewClient("passthrough:///"+address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()

	service := pb.TextProcessing_ServiceDesc.ServiceName
	for _, name := range []string{"", service} {
		answer, err := healthpb.NewHealthClient(conn).Check(ctx, &healthpb.HealthCheckRequest{Service: name})
		if err != nil {
			return fmt.Errorf("health of %q: %w", name, err)
		}
		if answer.Status != healthpb.HealthCheckResponse_SERVING {
			return fmt.Errorf("health of %q is %v", name, answer.Status)
		}
	}

	client := pb.NewTextProcessingClient(conn)
	info, err := client.GetServiceInfo(ctx, &pb.GetServiceInfoRequest{})
	if err != nil {
		return fmt.Errorf("GetServiceInfo: %w", err)
	}
	if info.Version == "" || info.ModelVersion == "" {
		return errors.New("GetServiceInfo gives no version")
	}
	c := checker{client: client, info: info}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, form := range []struct{ name, text string }{
			{"", string(text)},
			{", after a prefix", prefix + string(text)},
		} {
			told, err := c.article(ctx, form.text)
			if err != nil {
				return fmt.Errorf("%s%s: %w", filepath.Base(file), form.name, err)
			}
			fmt.Printf("%s%s: %s\n", filepath.Base(file), form.name, told)
		}
	}
	if err := c.errors(ctx); err != nil {
		return err
	}
	fmt.Printf("go client: %d articles in 2 forms by bytes; all as the contract says\n", len(files))
	return nil
}

type checker struct {
	client pb.TextProcessingClient
	info   *pb.GetServiceInfoResponse
}

// article makes every call on one text and says what it found.
func (c checker) article(ctx context.Context, text string) (string, error) {
	document := &pb.Document{Source: &pb.Document_Text{Text: text}}
	normalization, err := c.client.Normalize(ctx, &pb.NormalizeRequest{Document: document, OffsetUnit: unit})
	if err != nil {
		return "", fmt.Errorf("Normalize: %w", err)
	}
	segmentation, err := c.client.Segment(ctx,
		&pb.SegmentRequest{Document: document, OffsetUnit: unit, Layers: c.info.SegmentLayers})
	if err != nil {
		return "", fmt.Errorf("Segment: %w", err)
	}
	entities, err := c.client.ExtractEntities(ctx,
		&pb.ExtractEntitiesRequest{Document: document, OffsetUnit: unit, Types: c.info.EntityTypes})
	if err != nil {
		return "", fmt.Errorf("ExtractEntities: %w", err)
	}
	metadata, err := c.client.SummarizeMetadata(ctx,
		&pb.SummarizeMetadataRequest{Document: document, OffsetUnit: unit, Features: c.info.MetadataFeatures})
	if err != nil {
		return "", fmt.Errorf("SummarizeMetadata: %w", err)
	}
	request := &pb.AnnotateRequest{
		Document:     document,
		OffsetUnit:   unit,
		Segmentation: &pb.SegmentationOptions{Layers: c.info.SegmentLayers},
		Entities:     &pb.EntityOptions{Types: c.info.EntityTypes},
		Metadata:     &pb.MetadataOptions{Features: c.info.MetadataFeatures},
	}
	annotated, err := c.client.Annotate(ctx, request)
	if err != nil {
		return "", fmt.Errorf("Annotate: %w", err)
	}
	together := &pb.AnnotateResponse{
		Normalization: normalization, Segmentation: segmentation, Entities: entities, Metadata: metadata,
		OffsetUnit: unit, ModelVersion: c.info.ModelVersion,
	}
	if !proto.Equal(annotated, together) {
		return "", errors.New("Annotate does not answer what the four calls answer")
	}

	for _, check := range []func(string, *pb.AnnotateResponse) error{
		checkAlignment, checkSegmentation, checkEntities, checkMetadata,
	} {
		if err := check(text, annotated); err != nil {
			return "", err
		}
	}
	if err := c.batch(ctx, request, annotated); err != nil {
		return "", fmt.Errorf("BatchAnnotate: %w", err)
	}
	for _, reordering := range []bool{false, true} {
		if err := c.stream(ctx, request, annotated, reordering); err != nil {
			return "", fmt.Errorf("AnnotateStream, reordering %v: %w", reordering, err)
		}
	}
	return fmt.Sprintf("%d bytes, %d tokens, %d entities", len(text), len(segmentation.Tokens), len(entities.Entities)), nil
}

// cut gives the bytes of a span, and fails where it leaves the text or cuts a code point.
func cut(text string, span *pb.Span) (string, error) {
	begin, end := int(span.GetBegin()), int(span.GetEnd())
	if span == nil || begin < 0 || begin > end || end > len(text) {
		return "", fmt.Errorf("span %v is not within 0..%d", span, len(text))
	}
	surface := text[begin:end]
	if !utf8.ValidString(surface) {
		return "", fmt.Errorf("span %v cuts a code point", span)
	}
	return surface, nil
}

func checkAlignment(text string, answer *pb.AnnotateResponse) error {
	var rebuilt strings.Builder
	at := 0
	for _, edit := range answer.Normalization.Alignment {
		if _, err := cut(text, edit.Source); err != nil {
			return err
		}
		put, err := cut(answer.Normalization.Text, edit.Output)
		if err != nil {
			return err
		}
		if int(edit.Source.Begin) < at {
			return fmt.Errorf("alignment out of order at %d", edit.Source.Begin)
		}
		rebuilt.WriteString(text[at:edit.Source.Begin])
		if rebuilt.Len() != int(edit.Output.Begin) {
			return fmt.Errorf("an edit's output begins at %d, not at %d", edit.Output.Begin, rebuilt.Len())
		}
		rebuilt.WriteString(put)
		at = int(edit.Source.End)
	}
	rebuilt.WriteString(text[at:])
	if rebuilt.String() != answer.Normalization.Text {
		return errors.New("the source with the alignment's edits is not the normal form")
	}
	return nil
}

func checkSegmentation(text string, answer *pb.AnnotateResponse) error {
	segmentation := answer.Segmentation
	if len(segmentation.Blocks) == 0 || len(segmentation.Sentences) == 0 || len(segmentation.Tokens) == 0 {
		return errors.New("an article without blocks, sentences or tokens")
	}
	at := 0
	for _, token := range segmentation.Tokens {
		if _, err := cut(text, token.Span); err != nil {
			return err
		}
		if int(token.Span.Begin) < at || token.Span.Begin == token.Span.End {
			return fmt.Errorf("token %v is empty or out of order", token.Span)
		}
		if err := checkGap(text[at:token.Span.Begin]); err != nil {
			return err
		}
		at = int(token.Span.End)
	}
	if err := checkGap(text[at:]); err != nil {
		return err
	}
	at = 0
	for _, block := range segmentation.Blocks {
		if _, err := cut(text, block.Span); err != nil {
			return err
		}
		if int(block.Span.Begin) < at {
			return fmt.Errorf("block %v is out of order", block.Span)
		}
		at = int(block.Span.End)
	}
	for _, sentence := range segmentation.Sentences {
		if _, err := cut(text, sentence.Span); err != nil {
			return err
		}
		if sentence.Block < 0 || int(sentence.Block) >= len(segmentation.Blocks) ||
			!within(sentence.Span, segmentation.Blocks[sentence.Block].Span) {
			return fmt.Errorf("sentence %v is not in its block", sentence.Span)
		}
	}
	for _, quotation := range segmentation.Quotations {
		for _, span := range []*pb.Span{quotation.Span, quotation.Content} {
			if _, err := cut(text, span); err != nil {
				return err
			}
		}
		if !within(quotation.Content, quotation.Span) {
			return fmt.Errorf("the content %v is not in its quotation", quotation.Content)
		}
	}
	return nil
}

func checkGap(gap string) error {
	for _, r := range gap {
		if !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Z) {
			return fmt.Errorf("the tokens left %q out", gap)
		}
	}
	return nil
}

func within(inner, outer *pb.Span) bool {
	return outer.GetBegin() <= inner.GetBegin() && inner.GetEnd() <= outer.GetEnd()
}

func checkEntities(text string, answer *pb.AnnotateResponse) error {
	if len(answer.Entities.Entities) == 0 {
		return errors.New("an article without entities")
	}
	first := int32(0)
	for _, entity := range answer.Entities.Entities {
		if len(entity.Mentions) == 0 {
			return fmt.Errorf("entity %s has no mention", entity.Id)
		}
		if entity.Mentions[0].Span.GetBegin() < first {
			return fmt.Errorf("entity %s is out of the order of first mentions", entity.Id)
		}
		first = entity.Mentions[0].Span.GetBegin()
		for _, mention := range entity.Mentions {
			surface, err := cut(text, mention.Span)
			if err != nil {
				return err
			}
			if surface != mention.Text || surface == "" {
				return fmt.Errorf("mention %v: text is %q and the span cuts %q", mention.Span, mention.Text, surface)
			}
		}
	}
	return nil
}

func checkMetadata(text string, answer *pb.AnnotateResponse) error {
	type part interface {
		GetText() string
		GetSpan() *pb.Span
	}
	metadata := answer.Metadata.Metadata
	parts := map[string]part{}
	if metadata.Title != nil {
		parts["title"] = metadata.Title
	}
	if metadata.Byline != nil {
		parts["byline"] = metadata.Byline
	}
	if metadata.Dateline != nil {
		parts["dateline"] = metadata.Dateline
	}
	if metadata.Place != nil {
		parts["place"] = metadata.Place
	}
	if metadata.Source != nil {
		parts["source"] = metadata.Source
	}
	for i, subhead := range metadata.Subheads {
		parts[fmt.Sprintf("subheads[%d]", i)] = subhead
	}
	for name, part := range parts {
		surface, err := cut(text, part.GetSpan())
		if err != nil {
			return fmt.Errorf("metadata.%s: %w", name, err)
		}
		if surface != part.GetText() {
			return fmt.Errorf("metadata.%s: text is %q and the span cuts %q", name, part.GetText(), surface)
		}
	}
	if metadata.Language != "ar" {
		return fmt.Errorf("the language is %q", metadata.Language)
	}
	return nil
}

func (c checker) batch(ctx context.Context, request *pb.AnnotateRequest, answer *pb.AnnotateResponse) error {
	bad := &pb.AnnotateRequest{Document: &pb.Document{Id: "bad", Source: &pb.Document_Text{}}}
	batch := &pb.BatchAnnotateRequest{Requests: []*pb.AnnotateRequest{request, bad, request}}
	answers, err := c.client.BatchAnnotate(ctx, batch)
	if err != nil {
		return err
	}
	if len(answers.Results) != 3 || answers.Results[1].DocumentId != "bad" {
		return errors.New("not one result a request, in their order")
	}
	for _, i := range []int{0, 2} {
		if !proto.Equal(answers.Results[i].GetResponse(), answer) {
			return fmt.Errorf("result %d is not what Annotate answers", i)
		}
	}
	return checkItem(answers.Results[1].GetError())
}

func (c checker) stream(
	ctx context.Context, request *pb.AnnotateRequest, answer *pb.AnnotateResponse, reordering bool,
) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := c.client.AnnotateStream(ctx)
	if err != nil {
		return err
	}
	config := &pb.AnnotateStreamConfig{AllowReordering: reordering}
	messages := []*pb.AnnotateStreamRequest{{Kind: &pb.AnnotateStreamRequest_Config{Config: config}}}
	const bad = 2
	for sequence := int64(1); sequence <= 3; sequence++ {
		item := &pb.AnnotateStreamItem{Sequence: sequence, Request: request}
		if sequence == bad {
			item.Request = &pb.AnnotateRequest{Document: &pb.Document{Source: &pb.Document_Text{}}}
		}
		messages = append(messages, &pb.AnnotateStreamRequest{Kind: &pb.AnnotateStreamRequest_Item{Item: item}})
	}
	for _, message := range messages {
		if err := stream.Send(message); err != nil {
			return err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	seen := map[int64]bool{}
	for {
		result, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if !reordering && result.Sequence != int64(len(seen))+1 {
			return fmt.Errorf("answer %d came out of order", result.Sequence)
		}
		seen[result.Sequence] = true
		if result.Sequence == bad {
			if err := checkItem(result.GetError()); err != nil {
				return err
			}
		} else if !proto.Equal(result.GetResponse(), answer) {
			return fmt.Errorf("item %d is not what Annotate answers", result.Sequence)
		}
	}
	if len(seen) != 3 {
		return fmt.Errorf("%d answers to 3 items", len(seen))
	}
	return nil
}

func checkItem(item *pb.ItemStatus) error {
	if item == nil || codes.Code(item.Code) != codes.InvalidArgument {
		return fmt.Errorf("the bad item's status is %v", item)
	}
	var details []any
	for _, detail := range item.Details {
		message, err := detail.UnmarshalNew()
		if err != nil {
			return err
		}
		details = append(details, message)
	}
	return checkDetails(details, "EMPTY_TEXT", "document.text")
}

// errors makes requests that have to fail and reads the details of their status.
func (c checker) errors(ctx context.Context) error {
	blank := &pb.Document{Source: &pb.Document_Text{Text: " \r\n"}}
	good := &pb.Document{Source: &pb.Document_Text{Text: "نص"}}
	_, empty := c.client.Annotate(ctx, &pb.AnnotateRequest{Document: blank})
	_, preset := c.client.Normalize(ctx, &pb.NormalizeRequest{Document: good, Preset: "none_such"})
	_, unknown := c.client.Segment(ctx, &pb.SegmentRequest{Document: good, OffsetUnit: 99})
	for _, failure := range []struct {
		err           error
		reason, field string
	}{
		{empty, "EMPTY_TEXT", "document.text"},
		{preset, "UNKNOWN_PRESET", "preset"},
		{unknown, "UNKNOWN_ENUM_VALUE", "offset_unit"},
	} {
		got, _ := status.FromError(failure.err)
		if got.Code() != codes.InvalidArgument {
			return fmt.Errorf("%s: the status is %v", failure.reason, got)
		}
		if err := checkDetails(got.Details(), failure.reason, failure.field); err != nil {
			return err
		}
	}
	return nil
}

func checkDetails(details []any, reason, field string) error {
	var reasons, fields []string
	for _, detail := range details {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			reasons = append(reasons, detail.Reason)
		case *errdetails.BadRequest:
			for _, violation := range detail.FieldViolations {
				fields = append(fields, violation.Field)
			}
		}
	}
	if len(reasons) != 1 || reasons[0] != reason || len(fields) != 1 || fields[0] != field {
		return fmt.Errorf("details give reasons %v and fields %v, not %s at %s", reasons, fields, reason, field)
	}
	return nil
}
