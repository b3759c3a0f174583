using System.Globalization;
using Orchestrator.Jobs.Aggregation;

namespace Orchestrator.Host.Commands;

/// <summary>The choice of an aggregator, for people.</summary>
static class AggregationTable
{
    public static string Of(AggregationChoice choice) => string.Join(
        Environment.NewLine,
        [
            Headline(choice),
            $"  tested on {choice.Items.Count} questions of {choice.Source}, "
            + $"with one right and two wrong recorded answers each, of {choice.Items.Experts.Count} experts",
            .. choice.Results.Select(Line),
        ]);

    static string Headline(AggregationChoice choice) => choice switch
    {
        { Chosen: { } chosen } => $"{chosen} merges best.",
        { Items.Count: 0 } => "Nobody was tested as aggregator: no question has one right and two wrong recorded answers.",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"Nobody merges better than a blind pick of one of the answers ({100 * AggregationChoice.Blind:F1} %), so panels vote."),
    };

    static string Line(CandidateResult result) => result switch
    {
        { Failure: { } failure } => $"  {result.Expert,-16} not tested: {failure}",
        _ when result.Refused > 0 && result.Refused == result.Items =>
            $"  {result.Expert,-16} could take none of the {result.Items} items: they are too long for its context",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"  {result.Expert,-16} {100 * result.Accuracy,5:F1} %  ({100 * result.Low:F1} to {100 * result.High:F1})  "
            + $"{result.Right}/{result.Items}  {result.Parameters / 1e6:F2} M parameters, {result.Tokens} tokens")
            + (result.Refused > 0 ? $", {result.Refused} items too long for it" : ""),
    };
}
