//! Routes of the API that make no sense on one machine: each says why, and what there is instead.

use axum::http::StatusCode;

use super::failure::Failure;
use super::permission::Need;
use super::routes::Routes;

const TELEMETRY: &str = "Telemetry is not recorded by the local engine; what a sandbox uses now is at \
    /toolbox/{id}/system/metrics";

/// Each route, and why it is not there.
const ROUTES: &[(&str, StatusCode, &str)] = &[
    // Each would else be taken for one of a sandbox of that name.
    (
        "/api/sandbox/for-runner",
        StatusCode::UNPROCESSABLE_ENTITY,
        "The local engine has no runners",
    ),
    (
        "/api/object-storage/push-access",
        StatusCode::SERVICE_UNAVAILABLE,
        "Object storage is not configured: the local engine builds no images",
    ),
    (
        "/api/docker-registry",
        StatusCode::UNPROCESSABLE_ENTITY,
        "The local engine keeps no registries; logins for others are in images.json in its folder",
    ),
    (
        "/api/docker-registry/{*rest}",
        StatusCode::UNPROCESSABLE_ENTITY,
        "The local engine has no registry; send an image to it: `daytona snapshot push IMAGE --name NAME`",
    ),
    (
        "/api/sandbox/{id}/telemetry/{*rest}",
        StatusCode::UNPROCESSABLE_ENTITY,
        TELEMETRY,
    ),
    (
        "/api/warm-pools",
        StatusCode::UNPROCESSABLE_ENTITY,
        "The local engine keeps no warm pools: a sandbox is made in milliseconds",
    ),
    (
        "/api/warm-pools/{*rest}",
        StatusCode::UNPROCESSABLE_ENTITY,
        "The local engine keeps no warm pools: a sandbox is made in milliseconds",
    ),
];

/// Any key is told why: nothing is done or shown.
pub(super) fn routes() -> Routes {
    let refuse = |status, why| move || async move { Failure::new(status, why) };
    ROUTES
        .iter()
        .fold(Routes::new(), |routes, (path, status, why)| {
            routes.any(path, Need::AnyKey, refuse(*status, *why))
        })
}
