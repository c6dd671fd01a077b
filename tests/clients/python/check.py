"""Calls everything that a running server offers and checks each answer against the text sent.

    python -m venv venv && venv/bin/pip install -r tests/clients/python/requirements.txt
    venv/bin/python -m grpc_tools.protoc -I proto --python_out=gen --grpc_python_out=gen proto/warraq/v1/*.proto
    PYTHONPATH=gen venv/bin/python tests/clients/python/check.py 127.0.0.1:50051 samples/*.ar.txt

It prints a line for each article and exits with 1 at the first thing that is wrong.
"""

import argparse
import pathlib
import sys
import unicodedata

import grpc
from google.protobuf import descriptor_pb2
from google.rpc import code_pb2, error_details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2
from grpc_status import rpc_status

from spans import Text, in_code_points
from warraq.v1 import (
    annotate_pb2,
    annotate_stream_pb2,
    batch_annotate_pb2,
    document_pb2,
    extract_entities_pb2,
    normalize_pb2,
    segment_pb2,
    service_info_pb2,
    summarize_metadata_pb2,
    text_processing_pb2,
    text_processing_pb2_grpc,
)

BYTES = document_pb2.OFFSET_UNIT_UTF8_BYTE
CODE_POINTS = document_pb2.OFFSET_UNIT_UNICODE_CODE_POINT
UTF16 = document_pb2.OFFSET_UNIT_UTF16_CODE_UNIT

SERVICE = text_processing_pb2.DESCRIPTOR.services_by_name["TextProcessing"]
SECONDS = 30

# Put before an article so that the three units differ from its first line on: a byte order mark, emoji
# of one and of several code points, letters beyond U+FFFF, marks that do not compose and CRLF.
PREFIX = (
    "\ufeff\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1f8\U0001f1fe \U0001d4d0\U0001d4d1\r\n"
    "\r\n"
    "مُحَمَّدٌ e\u0301x\u0323\u0307 كتـــاب\r\n"
    "\r\n"
)


class Failed(Exception):
    """What is wrong with an answer."""


def require(holds, message):
    if not holds:
        raise Failed(message)


def require_equal(found, expected, what):
    require(found == expected, f"{what}: {_short(found)} is not {_short(expected)}")


def _short(value):
    text = repr(value) if not hasattr(value, "DESCRIPTOR") else str(value)
    return text if len(text) <= 300 else text[:300] + "…"


# --- What an answer has to be, in code points -----------------------------------------------------


def is_between_tokens(character):
    """White space, controls and format characters stand between tokens; nothing else does."""
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def check_gap(text, begin, end, what):
    gap = text[begin:end]
    require(all(map(is_between_tokens, gap)), f"{what} left {_short(gap)} out at {begin}..{end}")


def check_row(text, items, what):
    """The items stand in the order of the text, are not empty and do not overlap."""
    end = 0
    for item in items:
        require(end <= item.span.begin < item.span.end <= len(text), f"{what} {item.span} out of order or empty")
        end = item.span.end


def within(inner, outer):
    return outer.begin <= inner.begin and inner.end <= outer.end


def cut(text, span):
    """The surface of a span, indexed as Python does."""
    require(0 <= span.begin <= span.end <= len(text), f"span {span.begin}..{span.end} out of the text")
    return text[span.begin : span.end]


def check_normalization(text, answer):
    rebuilt, at = "", 0
    for edit in answer.alignment:
        require(edit.source.begin >= at, f"alignment out of order at {edit.source.begin}")
        rebuilt += text[at : edit.source.begin]
        require_equal(edit.output.begin, len(rebuilt), "where an edit's output begins")
        replaced, put = cut(text, edit.source), cut(answer.text, edit.output)
        require(replaced != put, f"an edit at {edit.source.begin} changes nothing")
        rebuilt += put
        at = edit.source.end
    require_equal(rebuilt + text[at:], answer.text, "the source with the alignment's edits")
    require(all(change.count > 0 for change in answer.changes), "a step is listed that changed nothing")


def check_segmentation(text, answer):
    for what in ("blocks", "sentences", "tokens"):
        require(len(getattr(answer, what)) > 0, f"an article without {what}")
        check_row(text, getattr(answer, what), what)

    end = 0
    for token in answer.tokens:
        check_gap(text, end, token.span.begin, "the tokens")
        surface = cut(text, token.span)
        require(not any(map(str.isspace, surface)), f"white space in the token {_short(surface)}")
        require(token.kind != segment_pb2.TOKEN_KIND_UNSPECIFIED, "a token without a kind")
        require(token.script, "a token without a script")
        end = token.span.end
    check_gap(text, end, len(text), "the tokens")

    end = 0
    for block in answer.blocks:
        check_gap(text, end, block.span.begin, "the blocks")
        surface = cut(text, block.span)
        require_equal(surface, surface.strip(), "a block without white space around it")
        require(block.kind != segment_pb2.BLOCK_KIND_UNSPECIFIED, "a block without a kind")
        if block.HasField("dateline"):
            require(within(block.dateline, block.span), "a dateline out of its block")
            require(cut(text, block.dateline).strip(), "an empty dateline")
        end = block.span.end
    check_gap(text, end, len(text), "the blocks")

    for sentence in answer.sentences:
        require(0 <= sentence.block < len(answer.blocks), f"a sentence in block {sentence.block}")
        require(within(sentence.span, answer.blocks[sentence.block].span), "a sentence out of its block")
        surface = cut(text, sentence.span)
        require_equal(surface, surface.strip(), "a sentence without white space around it")

    open_quotations = []
    before = (0, 0)
    for index, quotation in enumerate(answer.quotations):
        span = quotation.span
        require((span.begin, -span.end) > before or index == 0, "quotations out of order")
        before = (span.begin, -span.end)
        while open_quotations and open_quotations[-1][1].end <= span.begin:
            open_quotations.pop()
        parent = open_quotations[-1] if open_quotations else None
        require(parent is None or within(span, parent[1]), "crossing quotations")
        require_equal(quotation.HasField("parent"), parent is not None, "whether a quotation has a parent")
        require(parent is None or quotation.parent == parent[0], "the parent of a quotation")
        require(within(quotation.content, span), "the content of a quotation is out of it")
        require(cut(text, quotation.content) in cut(text, span), "the content is not in the quotation")
        require(quotation.kind != segment_pb2.QUOTATION_KIND_UNSPECIFIED, "a quotation without a kind")
        open_quotations.append((index, span))


def check_entities(text, answer, info):
    require(len(answer.entities) > 0, "an article without entities")
    ids = [entity.id for entity in answer.entities]
    require_equal(len(set(ids)), len(ids), "the number of different ids")
    require("" not in ids, "an entity without an id")
    firsts = []
    mentions = [mention for entity in answer.entities for mention in entity.mentions]
    for entity in answer.entities:
        require(entity.type in info.entity_types, f"type {entity.type} is not in GetServiceInfo's list")
        require(entity.name, "an entity without a name")
        require(len(entity.mentions) > 0, "an entity without a mention")
        begins = [mention.span.begin for mention in entity.mentions]
        require_equal(begins, sorted(begins), "mentions in the order of the text")
        firsts.append(begins[0])
        for mention in entity.mentions:
            require_equal(cut(text, mention.span), mention.text, f"the mention at {mention.span.begin}")
            require(mention.text.strip() == mention.text != "", f"an empty mention at {mention.span.begin}")
            require(mention.kind != extract_entities_pb2.MENTION_KIND_UNSPECIFIED, "a mention without a kind")
            longer = any(
                within(mention.span, other.span) and mention.span != other.span for other in mentions
            )
            require_equal(mention.nested, longer, f"whether the mention at {mention.span.begin} is nested")
    require_equal(firsts, sorted(firsts), "entities in the order of their first mention")
    for link in answer.links:
        require(link.source_id in ids and link.target_id in ids, "a link to an entity that is not there")


def check_metadata(text, metadata, segmentation, entity_ids):
    for name in ("title", "byline", "dateline", "place", "source"):
        if metadata.HasField(name):
            part = getattr(metadata, name)
            require_equal(cut(text, part.span), part.text, f"metadata.{name}")
            if "entity_id" in part.DESCRIPTOR.fields_by_name and part.HasField("entity_id"):
                require(part.entity_id in entity_ids, f"metadata.{name} has an entity that is not there")
    for subhead in metadata.subheads:
        require_equal(cut(text, subhead.span), subhead.text, "a subhead")
    for keyword in metadata.keywords:
        for span in keyword.spans:
            require(cut(text, span).strip(), "an empty keyword")
    sentences = [(sentence.span.begin, sentence.span.end) for sentence in segmentation.sentences]
    for key in metadata.key_sentences:
        require((key.span.begin, key.span.end) in sentences, "a key sentence that is no sentence")
    counts, words = metadata.counts, (segment_pb2.TOKEN_KIND_WORD, segment_pb2.TOKEN_KIND_NUMBER)
    paragraphs = [b for b in segmentation.blocks if b.kind == segment_pb2.BLOCK_KIND_PARAGRAPH]
    require_equal(counts.characters, len(text), "counts.characters")
    require_equal(counts.words, sum(t.kind in words for t in segmentation.tokens), "counts.words")
    require_equal(counts.sentences, len(segmentation.sentences), "counts.sentences")
    marked = [one for one in segmentation.quotations if one.kind != segment_pb2.QUOTATION_KIND_INDIRECT]
    require_equal(counts.quotations, len(marked), "counts.quotations")
    require_equal(counts.blocks, len(segmentation.blocks), "counts.blocks")
    require_equal(counts.paragraphs, len(paragraphs), "counts.paragraphs")
    require_equal(metadata.language, "ar", "the language")
    require_equal(metadata.script, "Arab", "the script")
    require_equal(metadata.direction, summarize_metadata_pb2.TEXT_DIRECTION_RIGHT_TO_LEFT, "the direction")


# --- The calls ------------------------------------------------------------------------------------


class Client:
    """The service, asked for everything that it says it fills."""

    def __init__(self, channel):
        self.channel = channel
        self.stub = text_processing_pb2_grpc.TextProcessingStub(channel)
        self.info = self.stub.GetServiceInfo(service_info_pb2.GetServiceInfoRequest(), timeout=SECONDS)

    def everything(self, unit, **document):
        """A request for all four analyses with every layer on."""
        return annotate_pb2.AnnotateRequest(
            document=document_pb2.Document(**document),
            features=[
                annotate_pb2.ANNOTATE_FEATURE_NORMALIZATION,
                annotate_pb2.ANNOTATE_FEATURE_SEGMENTATION,
                annotate_pb2.ANNOTATE_FEATURE_ENTITIES,
                annotate_pb2.ANNOTATE_FEATURE_METADATA,
            ],
            offset_unit=unit,
            segmentation=annotate_pb2.SegmentationOptions(layers=self.info.segment_layers),
            entities=annotate_pb2.EntityOptions(types=self.info.entity_types),
            metadata=annotate_pb2.MetadataOptions(features=self.info.metadata_features),
        )

    def annotate(self, request, **call):
        return self.stub.Annotate(request, timeout=SECONDS, **call)

    def one_by_one(self, text, unit):
        """The four analyses by a call each, put together as `Annotate` does."""
        document, info = document_pb2.Document(text=text), self.info
        normalize = normalize_pb2.NormalizeRequest(document=document, offset_unit=unit)
        segment = segment_pb2.SegmentRequest(document=document, offset_unit=unit, layers=info.segment_layers)
        entities = extract_entities_pb2.ExtractEntitiesRequest(
            document=document, offset_unit=unit, types=info.entity_types
        )
        metadata = summarize_metadata_pb2.SummarizeMetadataRequest(
            document=document, offset_unit=unit, features=info.metadata_features
        )
        return annotate_pb2.AnnotateResponse(
            normalization=self.stub.Normalize(normalize, timeout=SECONDS),
            segmentation=self.stub.Segment(segment, timeout=SECONDS),
            entities=self.stub.ExtractEntities(entities, timeout=SECONDS),
            metadata=self.stub.SummarizeMetadata(metadata, timeout=SECONDS),
            offset_unit=unit,
            model_version=info.model_version,
        )


def check_article(client, text):
    """Every call on one text. Returns what to tell about it."""
    request = client.everything(CODE_POINTS, text=text)
    answer = client.annotate(request)
    check_normalization(text, answer.normalization)
    check_segmentation(text, answer.segmentation)
    check_entities(text, answer.entities, client.info)
    ids = {entity.id for entity in answer.entities.entities}
    check_metadata(text, answer.metadata.metadata, answer.segmentation, ids)
    for preset in client.info.presets:
        normalize = normalize_pb2.NormalizeRequest(document=request.document, preset=preset.name)
        check_normalization(text, client.stub.Normalize(normalize, timeout=SECONDS))

    require_equal(client.one_by_one(text, CODE_POINTS), answer, "the four calls against Annotate")
    require_equal(
        client.annotate(request).SerializeToString(), answer.SerializeToString(), "the same request twice"
    )
    require_equal(client.annotate(request, compression=grpc.Compression.Gzip), answer, "the request in gzip")
    unset = client.everything(document_pb2.OFFSET_UNIT_UNSPECIFIED, text=text)
    require_equal(client.annotate(unset), answer, "the unit unset")
    in_code_points(answer, text, CODE_POINTS)
    for unit in (BYTES, UTF16):
        other = client.annotate(client.everything(unit, text=text))
        for entity in other.entities.entities:
            for mention in entity.mentions:
                require_equal(Text(text, unit).cut(mention.span), mention.text, f"a mention in unit {unit}")
        in_code_points(other, text, unit)
        require_equal(other, answer, f"the answer in unit {unit}, in code points")

    if not text.startswith("\ufeff"):
        as_bytes = client.everything(CODE_POINTS, content=b"\xef\xbb\xbf" + text.encode())
        require_equal(client.annotate(as_bytes), answer, "the text as bytes with a byte order mark")

    check_batch(client, request, answer)
    for reordering in (False, True):
        check_stream(client, request, answer, reordering)
    return (
        f"{len(text)} characters, {len(answer.segmentation.blocks)} blocks, "
        f"{len(answer.segmentation.sentences)} sentences, {len(answer.segmentation.tokens)} tokens, "
        f"{len(answer.segmentation.quotations)} quotations, {len(ids)} entities"
    )


def check_item_error(status, reason, field, what):
    require_equal(status.code, code_pb2.INVALID_ARGUMENT, f"{what}: code")
    check_details(status.details, reason, field, what)


def check_batch(client, request, answer):
    requests = [annotate_pb2.AnnotateRequest() for _ in range(4)]
    for number, item in enumerate(requests):
        item.CopyFrom(request)
        item.document.id = f"article-{number}"
    requests[1].document.text = ""
    requests[2].document.text = " \t\r\n"
    batch = batch_annotate_pb2.BatchAnnotateRequest(requests=requests)
    results = client.stub.BatchAnnotate(batch, timeout=SECONDS).results
    require_equal(
        [result.document_id for result in results], [item.document.id for item in requests], "the batch's ids"
    )
    for number in (0, 3):
        require_equal(results[number].response, answer, f"item {number} of the batch")
    for number in (1, 2):
        require(results[number].HasField("error"), f"item {number} of the batch is bad and was answered")
        check_item_error(results[number].error, "EMPTY_TEXT", "document.text", f"item {number} of the batch")


def check_stream(client, request, answer, reordering):
    bad = annotate_pb2.AnnotateRequest(document=document_pb2.Document(text=""))
    bare = annotate_pb2.AnnotateRequest(document=request.document)
    # What the items leave unset comes from the defaults.
    defaults = annotate_pb2.AnnotateRequest()
    defaults.CopyFrom(request)
    defaults.ClearField("document")
    config = annotate_stream_pb2.AnnotateStreamConfig(allow_reordering=reordering, defaults=defaults)
    items = [(7, request), (-3, bad), (2**40, bare), (7, bad), (0, request)]

    def messages():
        yield annotate_stream_pb2.AnnotateStreamRequest(config=config)
        for sequence, item in items:
            yield annotate_stream_pb2.AnnotateStreamRequest(
                item=annotate_stream_pb2.AnnotateStreamItem(sequence=sequence, request=item)
            )

    def is_bad(item):
        return item is bad

    answers = list(client.stub.AnnotateStream(messages(), timeout=SECONDS))
    got = [(a.sequence, a.HasField("error")) for a in answers]
    expected = [(sequence, is_bad(item)) for sequence, item in items]
    if reordering:
        got, expected = sorted(got), sorted(expected)
    require_equal(got, expected, f"the stream's answers (reordering: {reordering})")
    for item in answers:
        if item.HasField("error"):
            check_item_error(item.error, "EMPTY_TEXT", "document.text", "a bad item of the stream")
        else:
            require_equal(item.response, answer, f"item {item.sequence} of the stream")


def check_legacy_charset(client, texts):
    """The same article in windows-1256 has the same answer. Returns for how many that could be asked."""
    asked = 0
    for text in texts:
        try:
            content = text.encode("cp1256")
        except UnicodeEncodeError:
            continue
        request = client.everything(CODE_POINTS, content=content, charset="windows-1256")
        answer = client.annotate(client.everything(CODE_POINTS, text=text))
        require_equal(client.annotate(request), answer, "an article in windows-1256")
        asked += 1
    return asked


# --- Errors ---------------------------------------------------------------------------------------


def check_details(details, reason, field, what):
    """The details of an error: always an ErrorInfo; a BadRequest with the field where one is at fault."""
    info, bad_request = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    fields = []
    for detail in details:
        detail.Unpack(info)
        if detail.Unpack(bad_request):
            fields += [violation.field for violation in bad_request.field_violations]
            require(all(v.description for v in bad_request.field_violations), f"{what}: no description")
    require_equal((info.domain, info.reason), ("warraq", reason), f"{what}: ErrorInfo")
    require_equal(fields, [field] if field else [], f"{what}: the fields of BadRequest")
    return info.metadata


def check_error(call, request, code, reason, field):
    """The call fails with this code, reason and field. Returns the ErrorInfo's metadata."""
    try:
        call(request, timeout=SECONDS)
    except grpc.RpcError as error:
        what = f"{reason} at {field}"
        require_equal(error.code(), code, f"{what}: code ({error.details()})")
        status = rpc_status.from_call(error)
        require(status is not None, f"{what}: no grpc-status-details-bin")
        require(0 < len(status.message) < 1000, f"{what}: message")
        return check_details(status.details, reason, field, what)
    raise Failed(f"a request that had to fail with {reason} was answered")


def check_errors(client):
    stub, limits, count = client.stub, client.info.limits, 0
    invalid = grpc.StatusCode.INVALID_ARGUMENT

    def fails(call, request, reason, field, code=invalid):
        nonlocal count
        count += 1
        return check_error(call, request, code, reason, field)

    def document(**fields):
        return document_pb2.Document(**fields)

    requests = {
        stub.Normalize: normalize_pb2.NormalizeRequest,
        stub.Segment: segment_pb2.SegmentRequest,
        stub.ExtractEntities: extract_entities_pb2.ExtractEntitiesRequest,
        stub.SummarizeMetadata: summarize_metadata_pb2.SummarizeMetadataRequest,
        stub.Annotate: annotate_pb2.AnnotateRequest,
    }
    for call, request in requests.items():
        for empty in ("", " \u00a0\r\n"):
            fails(call, request(document=document(text=empty)), "EMPTY_TEXT", "document.text")
        fails(call, request(), "NO_SOURCE", "document")
        bad_unit = request(document=document(text="نص"), offset_unit=99)
        fails(call, bad_unit, "UNKNOWN_ENUM_VALUE", "offset_unit")
        long_text = request(document=document(text="a" * (limits.max_text_bytes + 1)))
        metadata = fails(call, long_text, "TEXT_TOO_LONG", "document.text")
        require_equal(metadata["limit"], str(limits.max_text_bytes), "the limit in the error")
        require_equal(metadata["size"], str(limits.max_text_bytes + 1), "the size in the error")

    def annotate(**fields):
        return annotate_pb2.AnnotateRequest(document=document(**fields))

    date, zone = annotate(text="نص", reference_date="2024-02-30"), annotate(text="نص", time_zone="Asia/Nowhere")
    fails(stub.Annotate, date, "INVALID_DATE", "document.reference_date")
    fails(stub.Annotate, zone, "INVALID_TIME_ZONE", "document.time_zone")
    fails(stub.Annotate, annotate(content=b"a", charset="x"), "UNKNOWN_CHARSET", "document.charset")
    bad_bytes = annotate(content="نص".encode() + b"\xff")
    metadata = fails(stub.Annotate, bad_bytes, "UNDECODABLE_CONTENT", "document.content")
    require_equal(metadata["byte"], "4", "the first bad byte")
    preset = normalize_pb2.NormalizeRequest(document=document(text="نص"), preset="none_such")
    fails(stub.Normalize, preset, "UNKNOWN_PRESET", "preset")
    fails(stub.BatchAnnotate, batch_annotate_pb2.BatchAnnotateRequest(), "EMPTY_BATCH", "requests")

    for number in segment_pb2.SegmentLayer.values():
        if number and number not in client.info.segment_layers:
            request = segment_pb2.SegmentRequest(document=document(text="نص"), layers=[number])
            fails(stub.Segment, request, "NOT_IMPLEMENTED", None, grpc.StatusCode.UNIMPLEMENTED)

    too_large = batch_annotate_pb2.BatchAnnotateRequest()
    too_large.requests.add().document.id = "x" * (limits.max_message_bytes_in + 1)
    exhausted = grpc.StatusCode.RESOURCE_EXHAUSTED
    fails(stub.BatchAnnotate, too_large, "MESSAGE_TOO_LARGE", None, exhausted)

    raw = client.channel.unary_unary(f"/{SERVICE.full_name}/Annotate")
    fails(raw, b"\x0a\xff", "UNDECODABLE_MESSAGE", None)

    def misplaced(_request, timeout):
        item = annotate_stream_pb2.AnnotateStreamItem(sequence=1, request=annotate(text="نص"))
        config = annotate_stream_pb2.AnnotateStreamConfig()
        messages = [
            annotate_stream_pb2.AnnotateStreamRequest(item=item),
            annotate_stream_pb2.AnnotateStreamRequest(config=config),
        ]
        return list(stub.AnnotateStream(iter(messages), timeout=timeout))

    fails(misplaced, None, "STREAM_CONFIG_MISPLACED", "config")
    return count


# --- What stands beside the service ---------------------------------------------------------------


def check_info(info):
    require(info.version and info.model_version, "no version")
    presets = {preset.name for preset in info.presets}
    require_equal(presets >= {"display", "storage", "search", "nlp", "lucene"}, True, "the presets")
    steps = [step.name for step in info.normalization_steps]
    for preset in info.presets:
        order = [steps.index(step.step) for step in preset.steps]
        require_equal(order, sorted(order), f"the steps of {preset.name} in the order in which they run")
    for what in ("document_formats", "charsets", "segment_layers", "entity_types", "metadata_features"):
        require(len(getattr(info, what)) > 0, f"no {what}")
    require_equal(list(info.charsets), sorted(info.charsets), "the charsets, sorted")
    require("windows-1256" in info.charsets, "windows-1256 is not taken")
    require(len(info.models) > 0, "no models or lexicons")
    for model in info.models:
        require(model.name and model.version and model.provenance and model.license, "a model without origin")
    for field in info.limits.DESCRIPTOR.fields:
        require(getattr(info.limits, field.name) > 0, f"limit {field.name}")


def check_health(channel):
    """Waits until the server has read its data; then both names have to be healthy."""
    health = health_pb2_grpc.HealthStub(channel)
    serving = health_pb2.HealthCheckResponse.SERVING
    for answer in health.Watch(health_pb2.HealthCheckRequest(service=SERVICE.full_name), timeout=SECONDS):
        if answer.status == serving:
            break
    for service in ("", SERVICE.full_name):
        answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=SECONDS)
        require_equal(answer.status, serving, f"the health of '{service}'")
    try:
        health.Check(health_pb2.HealthCheckRequest(service="none.Such"), timeout=SECONDS)
    except grpc.RpcError as error:
        require_equal(error.code(), grpc.StatusCode.NOT_FOUND, "the health of an unknown service")
    else:
        raise Failed("an unknown service has a health")


def check_reflection(channel, version):
    """Lists the services and compares the described one with the contract. Both versions of the
    protocol have the same messages."""
    call = channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
        response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
    )
    asked = [
        reflection_pb2.ServerReflectionRequest(list_services=""),
        reflection_pb2.ServerReflectionRequest(file_containing_symbol=SERVICE.full_name),
    ]
    listed, described = call(iter(asked), timeout=SECONDS)
    names = {service.name for service in listed.list_services_response.service}
    require({SERVICE.full_name, "grpc.health.v1.Health"} <= names, f"services listed: {sorted(names)}")
    strange = [n for n in names if n != SERVICE.full_name and not n.startswith("grpc.")]
    require_equal(strange, [], "services that are not public")
    methods = {}
    for file in described.file_descriptor_response.file_descriptor_proto:
        proto = descriptor_pb2.FileDescriptorProto.FromString(file)
        for service in proto.service:
            methods[f"{proto.package}.{service.name}"] = [method.name for method in service.method]
    require_equal(methods[SERVICE.full_name], [method.name for method in SERVICE.methods], "the methods")


def main():
    arguments = argparse.ArgumentParser(description="Checks a running warraq server.")
    arguments.add_argument("address", help="HOST:PORT of the server")
    arguments.add_argument("articles", nargs="+", type=pathlib.Path, help="articles, UTF-8")
    arguments = arguments.parse_args()
    texts = {path.name: path.read_bytes().decode("utf-8") for path in arguments.articles}

    with grpc.insecure_channel(arguments.address) as channel:
        grpc.channel_ready_future(channel).result(timeout=SECONDS)
        check_health(channel)
        for version in ("v1", "v1alpha"):
            check_reflection(channel, version)
        client = Client(channel)
        check_info(client.info)
        for name, text in texts.items():
            print(f"{name}: {check_article(client, text)}")
            print(f"{name}, after a prefix: {check_article(client, PREFIX + text)}")
            crlf = text.replace("\r\n", "\n").replace("\n", "\r\n")
            print(f"{name}, with CRLF: {check_article(client, crlf)}")
        legacy = check_legacy_charset(client, texts.values())
        errors = check_errors(client)
    print(
        f"python client: {len(texts)} articles in 3 forms, {legacy} of them in windows-1256, "
        f"{errors} requests that had to fail; all as the contract says"
    )


if __name__ == "__main__":
    try:
        main()
    except (Failed, AssertionError) as failure:
        sys.exit(f"python client: {failure}")
