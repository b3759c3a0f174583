using Orchestrator.Experts;
using Orchestrator.Host.Tools;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.OpenAi;

/// <summary>A chat completion request whose every field was checked.</summary>
sealed record ChatRequest
{
    /// <summary>A policy or an expert id.</summary>
    public required string Model { get; init; }

    public required GenerationRequest Generation { get; init; }

    public bool Stream { get; init; }

    /// <summary><c>stream_options.include_usage</c>: a last chunk without choices carries the usage.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>From <c>service_tier</c>: <c>flex</c> is work that nobody watches.</summary>
    public RequestClass Class { get; init; } = RequestClass.Interactive;

    /// <summary>From a header, since OpenAI's API has no field for it.</summary>
    public bool AllowVariant { get; init; } = true;

    /// <summary>What the question needs, as the caller says in a header; mostly nothing.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>What the caller wants less of, as it says in headers; null leaves it to the policy.</summary>
    public RouteWishes? Wishes { get; init; }

    /// <summary>Null where the request neither offers tools nor goes on after calls.</summary>
    public ToolUse? Tools { get; init; }

    /// <summary>What is routed: the last user message, or the last message when no user speaks.</summary>
    public string Question =>
        (Generation.Messages.LastOrDefault(turn => turn.Role == "user") ?? Generation.Messages[^1]).Content;
}
