using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Profiling.Answers;

/// <summary>What an expert made of one question in this run.</summary>
/// <param name="Text">Null where it could not take the question.</param>
sealed record GivenAnswer(string Id, string? Text, Outcome Outcome);
