namespace Orchestrator.Experts.Configuration;

/// <summary>Where a policy finds passages for its questions, and when they go with one.</summary>
/// <param name="Collection">Name of a collection of <c>/v1/collections</c>.</param>
public sealed record PassagesConfig(string Collection)
{
    public RetrieveWhen When { get; init; }

    /// <summary>Passages that go with a question.</summary>
    public int Passages { get; init; } = 3;

    /// <summary>The expert that answers a question with passages; null is whom the policy recruits anyway.</summary>
    public string? Reader { get; init; }
}

/// <summary>When passages go with a question.</summary>
public enum RetrieveWhen
{
    /// <summary>Where the policy's gate expects them to help; always, as long as it has none.</summary>
    Gated,

    Always,

    Never,
}
