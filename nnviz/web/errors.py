"""Every failure as ``application/problem+json``: a status, a stable code and a clear sentence."""

import logging
from http import HTTPStatus

import msgspec
from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from nnviz.errors import InputError
from nnviz.web import i18n
from nnviz.web.problem_words import in_language
from nnviz.web.schemas.problem import Problem

logger = logging.getLogger(__name__)

LONGEST_DETAIL = 1000  # characters

# Codes that are not 422, "understood, but cannot be used".
STATUS = {
    "invalid_json": 400,
    "bad_request": 400,
    "forbidden": 403,
    "not_found": 404,
    "unknown_model": 404,
    "unknown_split": 404,
    "unknown_run": 404,
    "unknown_checkpoint": 404,
    "unknown_chapter": 404,
    "no_such_layer": 404,
    "no_such_unit": 404,
    "not_yours": 403,
    "not_teacher": 403,
    "wrong_code": 403,
    "too_many_tries": 429,
    "too_many_drawings": 429,
    "too_many_visitors": 429,
    "cross_site": 403,
    "wrong_host": 421,
    "run_ended": 409,
    "poll_closed": 409,
    "unknown_visitor": 403,
    "too_many_runs": 429,
    "too_many_commands": 429,
    "bad_database": 503,
    "not_deletable": 403,
    "method_not_allowed": 405,
    "body_too_large": 413,
    "image_too_large": 413,
    "unsupported_media_type": 415,
    "busy": 503,
    "not_ready": 503,
    "too_slow": 503,
    "no_room": 507,
}
COME_AGAIN = {"busy": 1, "not_ready": 1, "too_many_drawings": 1, "too_many_tries": 60}  # seconds
ASYNC = "respond-async"
CODE = {
    STATUS[code]: code
    for code in (
        "bad_request",
        "forbidden",
        "not_found",
        "method_not_allowed",
        "body_too_large",
        "unsupported_media_type",
        "busy",
        "no_room",
    )
}


def register(app: Flask) -> None:
    """Let the application answer every failure with a problem."""
    app.register_error_handler(InputError, _input_error)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(SQLAlchemyError, _database_error)
    app.register_error_handler(Exception, _unexpected)


def problem(code: str, detail: str, status: int | None = None) -> Response:
    """The reply for a failure, its sentence in the language that the client accepts."""
    status = status or STATUS.get(code, 422)
    if len(detail) > LONGEST_DETAIL:  # what came is quoted; it may be a megabyte
        detail = f"{detail[: LONGEST_DETAIL - 1]}…"
    language = i18n.accepted(request)
    detail = in_language(code, detail, language)
    body = Problem("about:blank", HTTPStatus(status).phrase, status, code, detail)
    response = Response(
        msgspec.json.encode(body), status=status, content_type="application/problem+json"
    )
    response.content_language.add(language)
    response.vary.add("Accept-Language")
    return response


def _input_error(error: InputError) -> Response:
    if error.code == "bad_database":  # what the driver says names folders, machines and users
        return _database_error(error)
    goes_on = error.code == "not_ready"
    is_put_off = goes_on and _prefers_async()
    response = problem(error.code, str(error), HTTPStatus.ACCEPTED if is_put_off else None)
    if goes_on:
        response.vary.add("Prefer")
    if is_put_off:
        response.headers["Preference-Applied"] = ASYNC
    if error.code in COME_AGAIN:
        response.headers["Retry-After"] = str(COME_AGAIN[error.code])
    return response


def _prefers_async() -> bool:
    """Whether "it goes on" is an answer for who asks: ``Prefer: respond-async`` (RFC 7240, 4.1)."""
    preferences = ",".join(request.headers.getlist("Prefer")).split(",")
    return ASYNC in (preference.split(";")[0].strip().lower() for preference in preferences)


def http_error(error: HTTPException) -> Response:
    """The problem for what HTTP itself refuses."""
    status = error.code or 500
    if status < 400:  # a redirect is an answer, not a failure
        return Response(status=status, headers=dict(error.get_headers()))
    code = CODE.get(status, "http_error")
    response = problem(code, _sentence(error, status), status)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _sentence(error: HTTPException, status: int) -> str:
    if status == HTTPStatus.NOT_FOUND:
        return f"Expected an address that exists; got {request.path!r}."
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or []))
        return f"Expected one of {allowed} here; got {request.method}."
    if isinstance(error, RequestEntityTooLarge):
        return "Expected a smaller body; got more than the limit."
    return error.description or HTTPStatus(status).phrase


def _too_deep(error: RecursionError) -> Response:
    """Only what a visitor sent is nested without bound."""
    logger.warning("%s %s was nested too deeply", request.method, ascii(request.path))
    return problem("invalid_json", "Expected JSON that is nested less deeply.")


def _database_error(error: Exception) -> Response:
    logger.error("%s %s: %s", request.method, ascii(request.path), error)
    return problem(
        "bad_database", "Expected the database of runs to answer; the server's log says why not."
    )


def _unexpected(error: Exception) -> Response:
    logger.error("%s %s failed", ascii(request.method), ascii(request.path), exc_info=error)
    return problem(
        "internal_error", "The server failed; its log says why. Nothing was changed.", 500
    )
