namespace Orchestrator.Host.Tools;

/// <summary>What a message of the conversation has to do with tools, beside its text.</summary>
sealed record ToolTurn
{
    /// <summary>The calls of an assistant's message.</summary>
    public IReadOnlyList<ToolCall> Calls { get; init; } = [];

    /// <summary>The call whose result the message is; null where it is none.</summary>
    public string? ResultOf { get; init; }
}
