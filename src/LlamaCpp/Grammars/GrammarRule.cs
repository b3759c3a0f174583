namespace Orchestrator.LlamaCpp.Grammars;

/// <summary>One rule, named or made for a group or a repetition, as far as its shape matters.</summary>
sealed class GrammarRule
{
    /// <summary>An item that is no rule but takes a character.</summary>
    public const int Character = -1;

    /// <summary>The rule whose text it stands in, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>How often llama.cpp writes it out: the upper bound of a counted repetition.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Items in order: <see cref="Character"/> or the number of a rule. Null while only its name has occurred.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Alternatives { get; set; }
}
