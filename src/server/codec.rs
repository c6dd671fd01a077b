//! Protobuf in, protobuf out, with one difference from tonic's own codec: bytes that are no message
//! are the client's mistake (`INVALID_ARGUMENT`), not ours (`INTERNAL`).

use std::marker::PhantomData;

use prost::Message;
use tonic::Status;
use tonic::codec::{BufferSettings, DecodeBuf, Decoder};
use tonic_prost::ProstEncoder;

use crate::failure::Failure;

/// The codec of the generated services and clients.
pub struct Codec<Encode, Decode>(PhantomData<(Encode, Decode)>);

impl<Encode, Decode> Default for Codec<Encode, Decode> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<Encode, Decode> tonic::codec::Codec for Codec<Encode, Decode>
where
    Encode: Message + Send + 'static,
    Decode: Message + Default + Send + 'static,
{
    type Encode = Encode;
    type Decode = Decode;
    type Encoder = ProstEncoder<Encode>;
    type Decoder = StrictDecoder<Decode>;

    fn encoder(&mut self) -> Self::Encoder {
        ProstEncoder::new(BufferSettings::default())
    }

    fn decoder(&mut self) -> Self::Decoder {
        StrictDecoder(PhantomData)
    }
}

/// Decodes a message; what does not decode is [`Failure::Undecodable`].
pub struct StrictDecoder<Decode>(PhantomData<Decode>);

impl<Decode: Message + Default> Decoder for StrictDecoder<Decode> {
    type Item = Decode;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Decode>, Status> {
        // prost's message names fields and wire types, never their content.
        Decode::decode(buffer).map(Some).map_err(|error| Failure::undecodable(&error).into())
    }
}
