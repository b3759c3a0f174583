using System.Runtime.InteropServices;
using Orchestrator.Jobs.Profiling.Answers;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Jobs.Profiling;

/// <summary>Where a profiling run stands.</summary>
/// <param name="Expert">Who is being asked.</param>
/// <param name="Place">1 for the first expert.</param>
/// <param name="Experts">How many experts there are.</param>
/// <param name="Asked">Questions this expert has answered in this run.</param>
/// <param name="Questions">Questions it has in this run; 0 when the table already had all of them.</param>
/// <param name="Score">Sum of its scores so far in this run.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ProfileProgress(string Expert, int Place, int Experts, int Asked, int Questions, double Score);

/// <summary>An expert that could not be profiled; its column is as it was before.</summary>
public sealed record ProfileFailure(string Expert, string Reason);

/// <summary>What a profiling run ended with.</summary>
/// <param name="Table">The outcomes of the questions of this run, in their order, also those that earlier runs found.</param>
/// <param name="Written">All that the file now has; null when no expert could be profiled and the file was left alone.</param>
public sealed record ProfileReport(OutcomeTable Table, OutcomeTable? Written, IReadOnlyList<ProfileFailure> Failures)
{
    /// <summary>The texts that are recorded of the questions of this run; null when none are kept.</summary>
    public AnswerBook? Answers { get; init; }

    /// <summary>Recorded answers to these questions that their references and graders would now give another score.</summary>
    public int Regraded { get; init; }

    /// <summary>Experts of this run whose outcomes are older than the recording of texts.</summary>
    public IReadOnlyList<MissingAnswers> Unrecorded { get; init; } = [];
}
