using Orchestrator.Bench.Pool;
using Orchestrator.Bench.Zoo;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Loading.Variants;

/// <summary>What the variants of a configuration lose in accuracy, on held-out questions.</summary>
/// <param name="scores">Of the experts and of their twins, as <see cref="Apart"/> names them.</param>
sealed class VariantQuality(OrchestratorConfig config, IReadOnlyList<ProfileQuestion> test, OutcomeTable scores)
{
    /// <summary>
    /// A sub-skill is an expert's own when it gets at least this share of it right on the validation questions. For the
    /// specialists that selects what their descriptions claim, without a look at the questions of the test.
    /// </summary>
    const double Own = 0.75;

    const string SubSkill = "sub_skill";

    /// <summary>The experts that have variants, and each variant as an expert of its own.</summary>
    public static OrchestratorConfig Apart(OrchestratorConfig config) => config with
    {
        Experts =
        [
            .. config.Experts.Where(expert => expert.Variants.Count > 0).SelectMany(expert => (ExpertConfig[])
            [
                expert with { Variants = [] },
                .. expert.Variants.Select(variant =>
                    expert with { Id = Twin(expert.Id, variant.Name), File = variant.File, Variants = [] }),
            ]),
        ],
    };

    /// <summary>Asks all of them all questions, or reads what they said before.</summary>
    public static async Task<OutcomeTable> MeasureAsync(
        OrchestratorConfig apart, IReadOnlyList<ProfileQuestion> test, string cache, bool refresh, int threads,
        CancellationToken cancellationToken)
    {
        await using BenchPool pool = await BenchPool.StartAsync(apart, threads, cancellationToken);
        return await pool.MeasureAsync(apart, test, cache, refresh, cancellationToken);
    }

    /// <param name="profile">Outcomes on the validation questions.</param>
    public string ToMarkdown(OutcomeTable profile, IReadOnlyList<ProfileQuestion> validation) => Report.Table(
        ["expert", "variant", "questions", "n", "expert %", "variant %", "variant − expert, points", "95%", "only one right"],
        config.Experts.SelectMany(expert => expert.Variants.SelectMany(variant => (string[][])
        [
            Row(expert.Id, variant.Name, "own sub-skills", OwnQuestions(expert.Id, profile, validation)),
            Row(expert.Id, variant.Name, "all", [.. test.Select(question => question.Id)]),
        ])));

    string[] Row(string expert, string variant, string questions, HashSet<string> ids)
    {
        int first = scores.ColumnOf(expert), second = scores.ColumnOf(Twin(expert, variant));
        if (first < 0 || second < 0 || ids.Count == 0)
            return [expert, variant, questions, $"{ids.Count}", "–", "–", "–", "–", "–"];
        (double Expert, double Variant)[] pairs =
        [
            .. scores.Rows.Where(row => ids.Contains(row.Id))
                .Select(row => (row.Outcomes[first]!.Value.Score, row.Outcomes[second]!.Value.Score)),
        ];
        PairedDifference difference = PairedDifference.Of(pairs);
        (double low, double high) = difference.Interval;
        return
        [
            expert, variant, questions, $"{pairs.Length}", Report.Percent(pairs.Average(pair => pair.Expert)),
            Report.Percent(pairs.Average(pair => pair.Variant)), $"{100 * difference.Mean:+0.0;-0.0;0.0}",
            $"{100 * low:+0.0;-0.0;0.0} … {100 * high:+0.0;-0.0;0.0}", $"{difference.Won + difference.Lost}",
        ];
    }

    HashSet<string> OwnQuestions(string expert, OutcomeTable profile, IReadOnlyList<ProfileQuestion> validation)
    {
        HashSet<string> own =
        [
            .. ZooMatrix.ByTag(validation, SubSkill)
                .Where(group => ZooMatrix.Accuracy(profile, expert, group.Ids) >= Own).Select(group => group.Value),
        ];
        return [.. ZooMatrix.ByTag(test, SubSkill).Where(group => own.Contains(group.Value)).SelectMany(group => group.Ids)];
    }

    static string Twin(string expert, string variant) => $"{expert}.{variant}";
}
