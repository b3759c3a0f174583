namespace Orchestrator.Host.Tools;

/// <summary>What a request wants of an expert that calls tools.</summary>
sealed record ToolUse
{
    /// <summary>Empty where earlier calls are only part of the conversation.</summary>
    public IReadOnlyList<ToolDefinition> Offered { get; init; } = [];

    /// <summary>Names of which the answer must call one; empty leaves it to the expert.</summary>
    public IReadOnlyList<string> Forced { get; init; } = [];

    /// <summary>Whether an answer may call more than one.</summary>
    public bool Several { get; init; } = true;

    /// <summary>One for each message; null for those of plain text.</summary>
    public IReadOnlyList<ToolTurn?> Turns { get; init; } = [];

    /// <summary>The field that asks for tools. The first turn that has to do with any calls some: results come after.</summary>
    public string Param => Offered.Count > 0 ? "tools" : $"messages[{Turns.Index().First(turn => turn.Item is not null).Index}].tool_calls";
}
