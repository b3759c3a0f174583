using Orchestrator.Router.Skills.Tagging;

namespace Orchestrator.Router.Routing;

/// <summary>A question to route, and what is known of the skills that it needs.</summary>
/// <param name="Text">The last message of the user.</param>
public sealed record RouteQuestion(string Text)
{
    /// <summary>What the caller says it needs; mostly nothing. Goes before what the tagger says.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>What the tagger says; null when it was not asked.</summary>
    public TaggedQuestion? Tagged { get; init; }

    /// <summary>Its embedding, where the embedder has to be waited for; null is made on the way.</summary>
    public float[]? Vector { get; init; }
}
