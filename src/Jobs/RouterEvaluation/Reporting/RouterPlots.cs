using Orchestrator.Jobs.RouterEvaluation.Judging;

namespace Orchestrator.Jobs.RouterEvaluation.Reporting;

/// <summary>The plots of a report on routers.</summary>
static class RouterPlots
{
    public static IEnumerable<(string Title, string Svg)> Of(RouterResult result)
    {
        yield return ("Score", ScorePlot.Draw(result.Verdicts));
        if (result.Verdicts.Any(verdict => verdict.Curve.Count > 0))
            yield return ("Score for cost", CurvePlot.Draw(result));
        if (result.Verdicts.FirstOrDefault(verdict => verdict.Name == ReferenceNames.Auto)?.Reliability is { } reliability)
            yield return ("Reliability of auto", ReliabilityPlot.Draw(reliability));
    }
}
