//! XML as a row of tags and text: all that office files need.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use super::NoText;

/// What comes next. Names are without their namespace's prefix.
pub(super) enum Piece<'a> {
    /// A tag that begins; an empty one begins and ends.
    Begin(&'a str, &'a BytesStart<'a>),
    /// A tag that ends.
    End(&'a str),
    /// Text between tags.
    Text(&'a str),
}

/// Visits all of a part.
pub(super) fn visit(xml: &str, mut each: impl FnMut(Piece<'_>)) -> Result<(), NoText> {
    let mut reader = Reader::from_str(xml);
    let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_owned();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => each(Piece::Begin(&local(tag.name().as_ref()), &tag)),
            Ok(Event::Empty(tag)) => {
                let name = local(tag.name().as_ref());
                each(Piece::Begin(&name, &tag));
                each(Piece::End(&name));
            }
            Ok(Event::End(tag)) => each(Piece::End(&local(tag.name().as_ref()))),
            Ok(Event::Text(text)) => each(Piece::Text(&text)),
            Ok(Event::CData(text)) => each(Piece::Text(&text)),
            Ok(Event::GeneralRef(reference)) => {
                let number = reference.resolve_char_ref().ok().flatten();
                let named = || resolve_predefined_entity(&reference).map(str::to_owned);
                if let Some(text) = number.map(String::from).or_else(named) {
                    each(Piece::Text(&text));
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(NoText::new(format_args!("it is damaged: {error}"))),
        }
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .flatten()
        .find(|one| one.key.local_name().as_ref() == name)?;
    Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned))
}
