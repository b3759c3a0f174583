using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Bench.Loading.Choice;

/// <summary>A held-out question and the expert that the policy ranks first when nobody has to be waited for.</summary>
sealed record ChoiceQuestion(ProfileQuestion Asked, string Best);
