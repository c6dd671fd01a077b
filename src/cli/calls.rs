//! The five calls: options and a document → request, who answers it, how people see the answer.

use std::future::Future;

use prost::Message;
use tonic::{Response, Status};

use super::asker::Asker;
use super::options::Options;
use super::problem::Problem;
use super::remote::Client;
use super::render::{self, Page, Source};
use crate::failure::Failure;
use crate::proto::v1::{
    AnnotateRequest, AnnotateResponse, Document, EntityOptions, ExtractEntitiesRequest,
    ExtractEntitiesResponse, MetadataOptions, NormalizationOptions, NormalizeRequest, NormalizeResponse,
    OffsetUnit, SegmentRequest, SegmentResponse, SegmentationOptions, SummarizeMetadataRequest,
    SummarizeMetadataResponse,
};
use crate::service::{self, Context};

/// One call of the contract.
pub(super) trait Call: 'static {
    /// The subcommand.
    const NAME: &'static str;
    /// The messages' full names.
    const REQUEST: &'static str;
    const RESPONSE: &'static str;
    type Request: Message + Default + Send + 'static;
    type Response: Message + Default + Send + 'static;

    /// What has to be known of whoever answers before the first request is made.
    fn complete(options: Options, _asker: &Asker) -> Result<Options, Problem> {
        Ok(options)
    }

    fn request(document: Document, options: &Options) -> Self::Request;

    fn answer(cx: Context, request: &Self::Request) -> Result<Self::Response, Failure>;

    fn ask(
        client: Client,
        request: tonic::Request<Self::Request>,
    ) -> impl Future<Output = Result<Self::Response, Status>> + Send;

    /// What the answer's spans count.
    fn unit(response: &Self::Response) -> OffsetUnit;

    fn render(page: &mut Page, source: &Source, response: &Self::Response);
}

pub(super) struct Normalize;

impl Call for Normalize {
    const NAME: &'static str = "normalize";
    const REQUEST: &'static str = "warraq.v1.NormalizeRequest";
    const RESPONSE: &'static str = "warraq.v1.NormalizeResponse";
    type Request = NormalizeRequest;
    type Response = NormalizeResponse;

    fn request(document: Document, options: &Options) -> Self::Request {
        NormalizeRequest {
            document: Some(document),
            preset: options.preset.clone(),
            steps: options.steps.clone(),
            alignment: options.alignment,
            offset_unit: options.offset_unit.into(),
        }
    }

    fn answer(cx: Context, request: &Self::Request) -> Result<Self::Response, Failure> {
        service::normalize::call(cx, request)
    }

    async fn ask(
        mut client: Client,
        request: tonic::Request<Self::Request>,
    ) -> Result<Self::Response, Status> {
        client.normalize(request).await.map(Response::into_inner)
    }

    fn unit(response: &Self::Response) -> OffsetUnit {
        response.offset_unit()
    }

    fn render(page: &mut Page, source: &Source, response: &Self::Response) {
        render::normalize(page, source, response);
    }
}

pub(super) struct Segment;

impl Call for Segment {
    const NAME: &'static str = "segment";
    const REQUEST: &'static str = "warraq.v1.SegmentRequest";
    const RESPONSE: &'static str = "warraq.v1.SegmentResponse";
    type Request = SegmentRequest;
    type Response = SegmentResponse;

    /// To people it shows who speaks as well; the call's own default, which JSON has, does not.
    fn complete(mut options: Options, asker: &Asker) -> Result<Options, Problem> {
        if options.layers.is_empty() && !options.json {
            options.layers = asker.info()?.segment_layers;
        }
        Ok(options)
    }

    fn request(document: Document, options: &Options) -> Self::Request {
        SegmentRequest {
            document: Some(document),
            layers: options.layers.clone(),
            offset_unit: options.offset_unit.into(),
            ..SegmentRequest::default()
        }
    }

    fn answer(cx: Context, request: &Self::Request) -> Result<Self::Response, Failure> {
        service::segment::call(cx, request)
    }

    async fn ask(
        mut client: Client,
        request: tonic::Request<Self::Request>,
    ) -> Result<Self::Response, Status> {
        client.segment(request).await.map(Response::into_inner)
    }

    fn unit(response: &Self::Response) -> OffsetUnit {
        response.offset_unit()
    }

    fn render(page: &mut Page, source: &Source, response: &Self::Response) {
        render::segment(page, source, response);
    }
}

pub(super) struct Entities;

impl Call for Entities {
    const NAME: &'static str = "entities";
    const REQUEST: &'static str = "warraq.v1.ExtractEntitiesRequest";
    const RESPONSE: &'static str = "warraq.v1.ExtractEntitiesResponse";
    type Request = ExtractEntitiesRequest;
    type Response = ExtractEntitiesResponse;

    fn request(document: Document, options: &Options) -> Self::Request {
        ExtractEntitiesRequest {
            document: Some(document),
            types: options.types.clone(),
            lexicon: options.lexicon.clone(),
            offset_unit: options.offset_unit.into(),
            ..ExtractEntitiesRequest::default()
        }
    }

    fn answer(cx: Context, request: &Self::Request) -> Result<Self::Response, Failure> {
        service::extract_entities::call(cx, request)
    }

    async fn ask(
        mut client: Client,
        request: tonic::Request<Self::Request>,
    ) -> Result<Self::Response, Status> {
        client.extract_entities(request).await.map(Response::into_inner)
    }

    fn unit(response: &Self::Response) -> OffsetUnit {
        response.offset_unit()
    }

    fn render(page: &mut Page, source: &Source, response: &Self::Response) {
        render::entities(page, source, response);
    }
}

pub(super) struct Metadata;

impl Call for Metadata {
    const NAME: &'static str = "metadata";
    const REQUEST: &'static str = "warraq.v1.SummarizeMetadataRequest";
    const RESPONSE: &'static str = "warraq.v1.SummarizeMetadataResponse";
    type Request = SummarizeMetadataRequest;
    type Response = SummarizeMetadataResponse;

    fn request(document: Document, options: &Options) -> Self::Request {
        SummarizeMetadataRequest {
            document: Some(document),
            features: options.metadata.clone(),
            offset_unit: options.offset_unit.into(),
            ..SummarizeMetadataRequest::default()
        }
    }

    fn answer(cx: Context, request: &Self::Request) -> Result<Self::Response, Failure> {
        service::summarize_metadata::call(cx, request)
    }

    async fn ask(
        mut client: Client,
        request: tonic::Request<Self::Request>,
    ) -> Result<Self::Response, Status> {
        client.summarize_metadata(request).await.map(Response::into_inner)
    }

    fn unit(response: &Self::Response) -> OffsetUnit {
        response.offset_unit()
    }

    fn render(page: &mut Page, _source: &Source, response: &Self::Response) {
        render::metadata(page, response);
    }
}

pub(super) struct Annotate;

impl Call for Annotate {
    const NAME: &'static str = "annotate";
    const REQUEST: &'static str = "warraq.v1.AnnotateRequest";
    const RESPONSE: &'static str = "warraq.v1.AnnotateResponse";
    type Request = AnnotateRequest;
    type Response = AnnotateResponse;

    /// Switches on every layer that whoever answers fills; the call's own default has no tokens.
    fn complete(mut options: Options, asker: &Asker) -> Result<Options, Problem> {
        if options.layers.is_empty() {
            options.layers = asker.info()?.segment_layers;
        }
        Ok(options)
    }

    fn request(document: Document, options: &Options) -> Self::Request {
        AnnotateRequest {
            document: Some(document),
            features: options.analyses.clone(),
            offset_unit: options.offset_unit.into(),
            read_mask: None,
            normalization: Some(NormalizationOptions {
                preset: options.preset.clone(),
                steps: options.steps.clone(),
                alignment: options.alignment,
            }),
            segmentation: Some(SegmentationOptions {
                layers: options.layers.clone(),
                ..SegmentationOptions::default()
            }),
            entities: Some(EntityOptions {
                types: options.types.clone(),
                lexicon: options.lexicon.clone(),
                ..EntityOptions::default()
            }),
            metadata: Some(MetadataOptions::default()),
        }
    }

    fn answer(cx: Context, request: &Self::Request) -> Result<Self::Response, Failure> {
        service::annotate::call(cx, request)
    }

    async fn ask(
        mut client: Client,
        request: tonic::Request<Self::Request>,
    ) -> Result<Self::Response, Status> {
        client.annotate(request).await.map(Response::into_inner)
    }

    fn unit(response: &Self::Response) -> OffsetUnit {
        response.offset_unit()
    }

    fn render(page: &mut Page, source: &Source, response: &Self::Response) {
        render::annotate(page, source, response);
    }
}
