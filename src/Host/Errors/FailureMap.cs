using Orchestrator.Experts;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Files;
using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Errors;

/// <summary>Expected failures of every room, each with its HTTP reply. What is not here is a bug: 500.</summary>
static class FailureMap
{
    static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);

    static readonly TimeSpan StoreAgain = TimeSpan.FromSeconds(30);

    public static ApiError? Find(Exception exception) => exception switch
    {
        ApiException api => api.Error,
        ExpertException expert => Of(expert),
        RouterException router => Of(router),
        CollectionException collection => Of(collection),
        FileTooLargeException large => new ApiError(
            StatusCodes.Status413PayloadTooLarge, large.Message, "invalid_request_error", "file", "file_too_large"),
        // Experts have their own; this is the model that embeds questions for the router.
        GenerationException embedder => ApiError.Unavailable($"The question could not be embedded: {embedder.Message}", SoonAgain),
        JobStoreException => ApiError.Unavailable("Files and batches cannot be stored now; the service's log says why.", StoreAgain),
        BadHttpRequestException bad => new ApiError(bad.StatusCode, bad.Message, "invalid_request_error"),
        _ => null,
    };

    static ApiError Of(CollectionException failure) => failure.Failure switch
    {
        CollectionFailure.NotFound => new ApiError(
            StatusCodes.Status404NotFound, failure.Message, "invalid_request_error", "name", "collection_not_found"),
        CollectionFailure.Exists => new ApiError(
            StatusCodes.Status409Conflict, failure.Message, "invalid_request_error", "name", "collection_exists"),
        CollectionFailure.OtherSpace => new ApiError(
            StatusCodes.Status409Conflict, failure.Message, "invalid_request_error", "space", "other_space"),
        CollectionFailure.Invalid => ApiError.Invalid(failure.Message, code: "invalid_value"),
        CollectionFailure.Unavailable => ApiError.Unavailable(failure.Message, SoonAgain),
        _ => new ApiError(StatusCodes.Status500InternalServerError, failure.Message, "server_error", "name", "collection_damaged"),
    };

    static ApiError Of(RouterException failure) => failure.Failure switch
    {
        RouterFailure.UnknownPolicy => new ApiError(
            StatusCodes.Status404NotFound, failure.Message, "invalid_request_error", "model", "model_not_found"),
        RouterFailure.NoExpert => new ApiError(
            StatusCodes.Status503ServiceUnavailable, failure.Message, "service_unavailable", Code: "no_expert"),
        _ => new ApiError(StatusCodes.Status500InternalServerError, failure.Message, "server_error", Code: "router_failed"),
    };

    static ApiError Of(ExpertException failure) => failure.Failure switch
    {
        ExpertFailure.Unknown => new ApiError(
            StatusCodes.Status404NotFound, failure.Message, "invalid_request_error", "model", "model_not_found"),
        ExpertFailure.PromptTooLong => ApiError.Invalid(failure.Message, "messages", "context_length_exceeded"),
        ExpertFailure.InvalidRequest => ApiError.Invalid(failure.Message),
        ExpertFailure.Quarantined => new ApiError(
            StatusCodes.Status503ServiceUnavailable, failure.Message, "service_unavailable", "model", "expert_quarantined"),
        ExpertFailure.LoadFailed => new ApiError(
            StatusCodes.Status503ServiceUnavailable, failure.Message, "service_unavailable", "model", "expert_load_failed")
        {
            RetryAfter = failure.RetryAfter,
        },
        ExpertFailure.TooLargeForBudget => new ApiError(
            StatusCodes.Status503ServiceUnavailable, failure.Message, "service_unavailable", "model", "expert_too_large"),
        ExpertFailure.QueueFull => new ApiError(
            StatusCodes.Status429TooManyRequests, failure.Message, "rate_limit_error", "model", "queue_full")
        {
            RetryAfter = failure.RetryAfter ?? SoonAgain,
        },
        ExpertFailure.Unavailable => ApiError.Unavailable(failure.Message, SoonAgain),
        ExpertFailure.Unheard => new ApiError(
            StatusCodes.Status503ServiceUnavailable, failure.Message, "service_unavailable", "model", "expert_unheard"),
        _ => new ApiError(StatusCodes.Status500InternalServerError, failure.Message, "server_error", Code: "expert_failed"),
    };
}
