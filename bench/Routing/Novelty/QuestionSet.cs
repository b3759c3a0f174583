namespace Orchestrator.Bench.Routing.Novelty;

/// <summary>What a detector should say of a set.</summary>
enum SetKind
{
    /// <summary>Unseen questions of known tasks, in the known format.</summary>
    Known,

    /// <summary>Known tasks, written differently: each one flagged is a false alarm.</summary>
    Reformatted,

    /// <summary>Other tasks.</summary>
    Foreign,
}

/// <summary>Questions that are judged together.</summary>
sealed record QuestionSet(string Name, SetKind Kind, IReadOnlyList<string> Questions);
