//! The form of the table: a tool's name and words, its arguments, and the request that it makes.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a tool asks of the desktop.
#[derive(Clone, Debug)]
pub(super) enum Request {
    Get(String, Vec<(&'static str, Option<String>)>),
    Post(&'static str, Value),
    /// A question that is too long for an address.
    Search(&'static str, Value),
    Delete(String),
}

impl Request {
    /// A route without arguments.
    pub(super) fn get(route: &str) -> Self {
        Self::Get(route.to_owned(), Vec::new())
    }

    /// Whether it is about one thing, which may be missing although the desktop is there.
    pub(super) fn names_one(&self) -> bool {
        match self {
            Self::Get(route, _) => route.starts_with("recordings/"),
            Self::Post(route, _) => *route == "recordings/stop" || route.starts_with("a11y/node"),
            Self::Search(..) => false,
            Self::Delete(_) => true,
        }
    }
}

/// An argument that may be missing, whose schema has no null.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Maybe<T>(pub(super) Option<T>);

impl<T> Maybe<T> {
    pub(super) fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: ToString> Maybe<T> {
    /// As it stands in a query.
    pub(super) fn text(&self) -> Option<String> {
        self.0.as_ref().map(ToString::to_string)
    }
}

impl<T> Default for Maybe<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: JsonSchema> JsonSchema for Maybe<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// Makes the operations: arguments in braces are required, those in brackets are not.
macro_rules! desktop {
    ($($name:ident($tool:literal, $title:literal, $effect:ident, $description:literal)
        { $($(#[$meta:meta])* $field:ident: $type:ty,)* }
        [ $($(#[$may:meta])* $maybe:ident: $kind:ty,)* ]
        => |$it:pat_param| $request:expr;)*) => { $(
        #[doc = $title]
        #[derive(Clone, Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$meta])* pub $field: $type,)*
            $($(#[$may])*
            #[serde(default, skip_serializing_if = "super::table::Maybe::is_none")]
            pub $maybe: super::table::Maybe<$kind>,)*
            /// Sandbox; default: own
            #[serde(default, skip_serializing_if = "String::is_empty")]
            pub id: String,
        }

        impl crate::ops::Operation for $name {
            type Output = super::Reply;

            const TOOL: Option<crate::ops::Tool> = Some(crate::ops::Tool {
                name: concat!("computer_use_", $tool),
                title: $title,
                description: $description,
                group: crate::ops::Group::ComputerUse,
                default: false,
                effect: crate::ops::Effect::$effect,
                on: crate::ops::On::Sandbox,
                open_world: matches!(crate::ops::Effect::$effect, crate::ops::Effect::Acts),
            });

            async fn run(self, ctx: &crate::ops::Ctx) -> crate::error::Result<super::Reply> {
                let $it = &self;
                let request: super::table::Request = $request;
                super::reply::ask(ctx, &self.id, request).await
            }

            fn attached(output: &mut super::Reply) -> Vec<crate::ops::Attachment> {
                output.picture()
            }
        }
    )* };
}
pub(super) use desktop;
