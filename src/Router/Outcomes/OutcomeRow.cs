namespace Orchestrator.Router.Outcomes;

/// <summary>One profiled question and what each expert made of it.</summary>
/// <param name="Skills">Labels of the abilities it needs, given ones and the tagger's; may be empty.</param>
/// <param name="Outcomes">One per expert of the table, in its order; null where the expert was not asked.</param>
public sealed record OutcomeRow(
    string Id, string Question, IReadOnlyList<string> Skills, IReadOnlyList<Outcome?> Outcomes)
{
    /// <summary>What the tagger said of the question, also where a given label says it too; null when it was not asked.</summary>
    public IReadOnlyList<string>? Tagged { get; init; }

    /// <summary>The kind of question that two-step routing chooses an expert for; null where none was given.</summary>
    public string? Category { get; init; }
}
