//! What a server said, kept whole: what is printed of its objects is what it sent, and nothing else.

use serde_json::Value;

/// The object as it was sent; none of one that was made here.
///
/// Objects of servers newer or older than this have fields that no type here knows, lack others, or have null where
/// those would have nothing. Fields of the type are for reading: an object that is changed has to forget this.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Said(pub(super) Option<Value>);

/// Decodes a type as it is written, with what was sent beside it; encodes what was sent. The type has
/// `#[serde(remote = "Self")]` and a field `said`.
macro_rules! keeps_what_is_said {
    ($($type:ty),+ $(,)?) => {$(
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let sent = serde_json::Value::deserialize(input)?;
                let mut own = Self::deserialize(&sent).map_err(serde::de::Error::custom)?;
                own.said = $crate::api::types::said::Said(Some(sent));
                Ok(own)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
                match &self.said.0 {
                    Some(sent) => serde::Serialize::serialize(sent, output),
                    None => Self::serialize(self, output),
                }
            }
        }
    )+};
}

pub(super) use keeps_what_is_said;
