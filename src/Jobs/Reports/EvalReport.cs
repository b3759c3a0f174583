using Orchestrator.Jobs.Evaluation.Results;

namespace Orchestrator.Jobs.Reports;

/// <summary>What a report on an evaluation says, before it is written in a format.</summary>
sealed record EvalReport(
    string Title, IReadOnlyList<string> Facts, IReadOnlyList<string> Warnings, IReadOnlyList<ReportTable> Tables,
    EvalResult Result, EvalSummary Summary) : Report(Title, Facts, Warnings, Tables)
{
    public static EvalReport Of(EvalResult result)
    {
        EvalSummary summary = EvalSummary.Of(result);
        return new EvalReport(
            $"Evaluation on {result.Facts.Dataset}", [.. Describe(result, summary)], result.Facts.Warnings,
            [.. ScoreTables.Of(result.Facts, summary), CostTable.Of(result), .. ExpertTable.Of(result)],
            result, summary);
    }

    static IEnumerable<string> Describe(EvalResult result, EvalSummary summary)
    {
        EvalFacts facts = result.Facts;
        yield return $"{result.Rows.Count} questions, hash {facts.Hash[..Math.Min(16, facts.Hash.Length)]}, on {facts.Date:yyyy-MM-dd HH:mm} UTC.";
        yield return $"{facts.Experts.Count} experts: {string.Join(", ", facts.Experts)}. Answers are greedy, of at most {facts.MaxTokens} tokens.";
        foreach (PolicyFacts policy in facts.Policies)
            yield return Describe(policy);
        if (facts.BestSingle is { } best)
        {
            yield return $"The best single expert is {best.Expert}, chosen on {best.ChosenOn}. It is shown greedy, and for "
                + $"self-consistency sampled at temperature {facts.Temperature:0.###}.";
        }
        if (facts.Judge is { } judge)
            yield return $"Judged by {judge} where the grader is 'judge'.";
        if (summary.All.LeftOut > 0)
            yield return $"{summary.All.LeftOut} questions are in no mean, because an answer to them could not be graded.";
        yield return $"Brackets are {100 * facts.Bootstrap.Level:0.##} % intervals of the paired percentile bootstrap over questions "
            + $"({facts.Bootstrap.Resamples} resamples, seed {facts.Bootstrap.Seed}).";
    }

    static string Describe(PolicyFacts policy)
    {
        string options = string.Join(", ", policy.Options.OrderBy(option => option.Key, StringComparer.Ordinal)
            .Select(option => $"{option.Key}: {option.Value}"));
        return $"Policy {policy.Name}: strategy {policy.Strategy}, panel {policy.Panel}"
            + (policy.Panel > 1 ? $", aggregator {policy.Aggregator}" : "")
            + (policy.AggregatorExpert is { } expert ? $" ({expert})" : "")
            + (policy.QualityWeight < 1 ? $", quality weight {policy.QualityWeight}" : "")
            + (options.Length > 0 ? $", {options}" : "") + ".";
    }
}
