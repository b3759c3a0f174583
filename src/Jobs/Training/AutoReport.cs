using Orchestrator.Jobs.Reports;
using Orchestrator.Router.Routing.Automatic;

namespace Orchestrator.Jobs.Training;

/// <summary>Words the choice of a strategy for a terminal.</summary>
public static class AutoReport
{
    public static string Text(AutoChoice choice) => string.Join(Environment.NewLine,
    [
        $"Chosen: {choice.Words}, {Words.Percent(choice.HeldOut)} % on {choice.Questions} profiled questions, each held out of the fit.", "",
        .. TextColumns.Align([["strategy", "held out", "behind the best"], .. choice.Candidates.Select(Row)]),
        .. choice.NotRun.Select(omitted => $"Not run: {omitted.Reason}"),
    ]);

    static string[] Row(AutoCandidate candidate) =>
    [
        candidate.Words, Words.Percent(candidate.HeldOut),
        $"{Words.Percent(candidate.Behind)} [{Words.Percent(candidate.Low)}, {Words.Percent(candidate.High)}]",
    ];
}
