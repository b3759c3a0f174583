namespace Orchestrator.Bench.Loading.Choice;

/// <summary>How the service answered one question.</summary>
/// <param name="FirstToken">From its arrival to the first piece of the answer.</param>
/// <param name="LastToken">From its arrival to the end.</param>
/// <param name="Score">0 when it was not answered.</param>
/// <param name="IsBest">Whether the plan was for the expert that quality alone would choose.</param>
sealed record ChoiceAnswer(TimeSpan FirstToken, TimeSpan LastToken, double Score, bool IsBest, string? Failure);
