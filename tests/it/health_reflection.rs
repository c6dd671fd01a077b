//! Health and reflection: what tools and probes see.

use futures_util::stream;
use prost::Message as _;
use prost_reflect::DescriptorPool;
use prost_types::method_options::IdempotencyLevel;
use prost_types::{DescriptorProto, EnumDescriptorProto, FileDescriptorProto, FileDescriptorSet};
use tonic::Code;
use tonic_health::pb::health_check_response::ServingStatus;
use warraq::proto::{DESCRIPTORS, SERVICE};

use crate::support::{Running, health_says};

const PUBLIC: [&str; 2] = ["grpc.health.v1.Health", SERVICE];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_knows_the_server_and_the_service() {
    let server = Running::start(&[]).await;
    let mut health = server.health().await;
    for service in ["", SERVICE] {
        assert_eq!(health_says(&mut health, service).await, Ok(ServingStatus::Serving), "{service:?}");
    }
    for service in
        ["warraq.v1", "warraq.v1.Nope", "warraq.v1.textprocessing", "grpc.health.v1.Health", " ", "*"]
    {
        assert_eq!(health_says(&mut health, service).await, Err(Code::NotFound), "{service:?}");
    }
    server.stop().await;
}

/// Asks one reflection service, of either version, for the services and for the file of one.
macro_rules! reflected {
    ($server:expr, $version:ident) => {{
        use tonic_reflection::pb::$version as pb;
        use pb::server_reflection_request::MessageRequest;
        use pb::server_reflection_response::MessageResponse;
        let mut client = pb::server_reflection_client::ServerReflectionClient::new($server.channel().await);
        let ask = |message| pb::ServerReflectionRequest { host: String::new(), message_request: Some(message) };
        let questions = stream::iter([
            ask(MessageRequest::ListServices(String::new())),
            ask(MessageRequest::FileContainingSymbol(SERVICE.to_owned())),
            ask(MessageRequest::FileContainingSymbol("warraq.v1.Nope".to_owned())),
        ]);
        let mut answers = client.server_reflection_info(questions).await.expect("reflection").into_inner();
        let mut next = async || {
            let answer = answers.message().await?.expect("an answer to each question");
            Ok::<_, tonic::Status>(answer.message_response)
        };
        let Some(MessageResponse::ListServicesResponse(list)) = next().await.expect("services") else {
            panic!("no list of services")
        };
        let Some(MessageResponse::FileDescriptorResponse(file)) = next().await.expect("a file") else {
            panic!("no file")
        };
        let unknown = next().await;
        assert!(
            matches!(&unknown, Err(status) if status.code() == Code::NotFound)
                || matches!(&unknown, Ok(Some(MessageResponse::ErrorResponse(_)))),
            "{unknown:?}"
        );
        let mut services: Vec<_> = list.service.into_iter().map(|service| service.name).collect();
        services.sort();
        (services, file.file_descriptor_proto)
    }};
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_versions_of_reflection_list_the_public_services() {
    let server = Running::start(&[]).await;
    let (v1, files) = reflected!(server, v1);
    assert_eq!(v1, PUBLIC);
    let (v1alpha, files_alpha) = reflected!(server, v1alpha);
    assert_eq!(v1alpha, PUBLIC);
    assert_eq!(files, files_alpha);
    let file = FileDescriptorProto::decode(files[0].as_slice()).expect("a file");
    assert_eq!(file.package(), "warraq.v1");
    assert!(file.service.iter().any(|service| service.name() == "TextProcessing"));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reflection_can_be_switched_off() {
    let server = Running::start(&[("reflection", "false")]).await;
    let mut client = tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient::new(
        server.channel().await,
    );
    let status = client.server_reflection_info(stream::empty()).await.expect_err("it is off");
    assert_eq!(status.code(), Code::Unimplemented);
    server.stop().await;
}

fn files() -> Vec<FileDescriptorProto> {
    let set = FileDescriptorSet::decode(DESCRIPTORS).expect("the descriptors");
    set.file.into_iter().filter(|file| file.package() == "warraq.v1").collect()
}

#[test]
fn all_calls_but_the_stream_have_no_side_effects() {
    let methods: Vec<_> =
        files().into_iter().flat_map(|file| file.service).flat_map(|service| service.method).collect();
    assert_eq!(methods.len(), 8);
    for method in methods {
        let level = method.options.as_ref().map(prost_types::MethodOptions::idempotency_level);
        if method.name() == "AnnotateStream" {
            assert_eq!(level.unwrap_or_default(), IdempotencyLevel::IdempotencyUnknown);
            assert!(method.client_streaming() && method.server_streaming());
        } else {
            assert_eq!(level, Some(IdempotencyLevel::NoSideEffects), "{}", method.name());
            assert!(!method.client_streaming() && !method.server_streaming());
        }
    }
}

/// Paths of all that has to be documented, with names.
fn documented(file: &FileDescriptorProto) -> Vec<(Vec<i32>, String)> {
    fn int(i: usize) -> i32 {
        i32::try_from(i).expect("few")
    }
    fn enumeration(path: &[i32], this: &EnumDescriptorProto, all: &mut Vec<(Vec<i32>, String)>) {
        all.push((path.to_vec(), this.name().to_owned()));
        for (i, value) in this.value.iter().enumerate() {
            all.push(([path, &[2, int(i)]].concat(), value.name().to_owned()));
        }
    }
    fn message(path: &[i32], this: &DescriptorProto, all: &mut Vec<(Vec<i32>, String)>) {
        if this.options.as_ref().is_some_and(prost_types::MessageOptions::map_entry) {
            return;
        }
        all.push((path.to_vec(), this.name().to_owned()));
        for (i, field) in this.field.iter().enumerate() {
            all.push(([path, &[2, int(i)]].concat(), format!("{}.{}", this.name(), field.name())));
        }
        for (i, inner) in this.nested_type.iter().enumerate() {
            message(&[path, &[3, int(i)]].concat(), inner, all);
        }
        for (i, inner) in this.enum_type.iter().enumerate() {
            enumeration(&[path, &[4, int(i)]].concat(), inner, all);
        }
    }
    let mut all = Vec::new();
    for (i, this) in file.message_type.iter().enumerate() {
        message(&[4, int(i)], this, &mut all);
    }
    for (i, this) in file.enum_type.iter().enumerate() {
        enumeration(&[5, int(i)], this, &mut all);
    }
    for (i, service) in file.service.iter().enumerate() {
        all.push((vec![6, int(i)], service.name().to_owned()));
        for (j, method) in service.method.iter().enumerate() {
            all.push((vec![6, int(i), 2, int(j)], method.name().to_owned()));
        }
    }
    all
}

#[test]
fn everything_in_the_descriptors_has_a_comment() {
    let mut count = 0;
    for file in files() {
        let info =
            file.source_code_info.as_ref().unwrap_or_else(|| panic!("{}: no source info", file.name()));
        for (path, name) in documented(&file) {
            let comment = info
                .location
                .iter()
                .find(|location| location.path == path)
                .map(|location| location.leading_comments().trim());
            assert!(comment.is_some_and(|text| text.len() > 3), "{}: {name} has no comment", file.name());
            count += 1;
        }
    }
    assert!(count > 200, "{count} places looked at");
}

/// A client copies one folder: the contract needs nothing but Google's own well-known types.
#[test]
fn the_contract_imports_nothing_but_well_known_types() {
    for file in files() {
        for import in &file.dependency {
            assert!(import.starts_with("warraq/v1/") || import.starts_with("google/protobuf/"), "{import}");
        }
    }
    DescriptorPool::decode(DESCRIPTORS).expect("the descriptors are whole");
}
