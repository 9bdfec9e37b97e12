//! A router whose routes are declared together with what they take. What is not declared here, a route
//! that is added to the router below as much as a path that nobody thought of, takes the engine's own key.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, any, on};

use super::Api;
use super::permission::Need;

/// Routes, and what each takes.
#[derive(Default)]
pub(super) struct Routes {
    router: Router<Arc<Api>>,
    needs: Needs,
}

/// What each route takes, by its pattern.
#[derive(Debug, Default)]
pub(super) struct Needs(HashMap<&'static str, Vec<(Option<Method>, Need)>>);

impl Routes {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A route for GET, and so for HEAD.
    pub(super) fn get<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
    where
        H: Handler<T, Arc<Api>>,
        T: 'static,
    {
        self.on(Method::GET, MethodFilter::GET, path, need, handler)
    }

    pub(super) fn post<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
    where
        H: Handler<T, Arc<Api>>,
        T: 'static,
    {
        self.on(Method::POST, MethodFilter::POST, path, need, handler)
    }

    pub(super) fn put<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
    where
        H: Handler<T, Arc<Api>>,
        T: 'static,
    {
        self.on(Method::PUT, MethodFilter::PUT, path, need, handler)
    }

    pub(super) fn patch<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
    where
        H: Handler<T, Arc<Api>>,
        T: 'static,
    {
        self.on(Method::PATCH, MethodFilter::PATCH, path, need, handler)
    }

    pub(super) fn delete<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
    where
        H: Handler<T, Arc<Api>>,
        T: 'static,
    {
        self.on(Method::DELETE, MethodFilter::DELETE, path, need, handler)
    }

    /// A route for every method.
    pub(super) fn any<H, T>(mut self, path: &'static str, need: Need, handler: H) -> Self
    where
        H: Handler<T, Arc<Api>>,
        T: 'static,
    {
        self.needs.declare(path, None, need);
        self.router = self.router.route(path, any(handler));
        self
    }

    fn on<H, T>(
        mut self,
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        need: Need,
        handler: H,
    ) -> Self
    where
        H: Handler<T, Arc<Api>>,
        T: 'static,
    {
        self.needs.declare(path, Some(method), need);
        self.router = self.router.route(path, on(filter, handler));
        self
    }

    pub(super) fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        for (path, needs) in other.needs.0 {
            self.needs.0.entry(path).or_default().extend(needs);
        }
        self
    }

    /// The router, and what its routes take.
    pub(super) fn split(self) -> (Router<Arc<Api>>, Needs) {
        (self.router, self.needs)
    }
}

impl Needs {
    fn declare(&mut self, path: &'static str, method: Option<Method>, need: Need) {
        self.0.entry(path).or_default().push((method, need));
    }

    /// What a request takes that a route of this pattern answers, or none.
    pub(super) fn of(&self, method: &Method, pattern: Option<&str>) -> Need {
        let declared = pattern.and_then(|pattern| self.0.get(pattern));
        let method = if *method == Method::HEAD {
            &Method::GET
        } else {
            method
        };
        let fits =
            |(one, _): &&(Option<Method>, Need)| one.as_ref().is_none_or(|one| one == method);
        let found = declared.and_then(|declared| declared.iter().find(fits));
        found.map_or(Need::Owner, |(_, need)| *need)
    }

    /// Every declared route, in order; every method where it has none of its own.
    #[cfg(test)]
    pub(super) fn all(&self) -> Vec<(&'static str, Option<Method>)> {
        let mut all: Vec<_> = self
            .0
            .iter()
            .flat_map(|(path, needs)| needs.iter().map(|(method, _)| (*path, method.clone())))
            .collect();
        all.sort_by_key(|(path, method)| (*path, method.as_ref().map(ToString::to_string)));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_declared_is_the_owners() {
        let (_, needs) = Routes::new()
            .get("/a/{id}", Need::AnyKey, || async {})
            .any("/b", Need::Nothing, || async {})
            .split();
        for (method, pattern, need) in [
            (Method::GET, Some("/a/{id}"), Need::AnyKey),
            (Method::HEAD, Some("/a/{id}"), Need::AnyKey),
            (Method::POST, Some("/a/{id}"), Need::Owner),
            (Method::POST, Some("/b"), Need::Nothing),
            (Method::GET, Some("/c"), Need::Owner),
            (Method::GET, None, Need::Owner),
        ] {
            assert_eq!(needs.of(&method, pattern), need, "{method} {pattern:?}");
        }
    }
}
