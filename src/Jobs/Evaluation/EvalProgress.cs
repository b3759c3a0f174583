using Orchestrator.Jobs.Running;

namespace Orchestrator.Jobs.Evaluation;

/// <summary>Where an evaluation stands.</summary>
/// <param name="Arm">What is being run.</param>
/// <param name="Place">1 for the first arm.</param>
/// <param name="Arms">How many there are, as far as is known: how often the best single is sampled is decided on the way.</param>
/// <param name="Job">How far the arm is.</param>
public sealed record EvalProgress(string Arm, int Place, int Arms, JobProgress Job);
