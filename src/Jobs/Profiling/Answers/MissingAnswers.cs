namespace Orchestrator.Jobs.Profiling.Answers;

/// <summary>An expert with outcomes for questions of which no text is recorded.</summary>
public sealed record MissingAnswers(string Expert, int Questions);
