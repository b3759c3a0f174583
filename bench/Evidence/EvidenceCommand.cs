using System.CommandLine;
using System.Globalization;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Evidence;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Evidence;

/// <summary><c>evidence</c>: what experts' own log-probabilities tell of who answers right, fitted on validation alone.</summary>
static class EvidenceCommand
{
    const string Validation = "models/data/validation.jsonl";

    static readonly Option<string> Config = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<string> Policy = new("--policy") { DefaultValueFactory = _ => "auto" };
    static readonly Option<string?> Test = new("--test") { Description = "Held-out questions; without them validation alone is reported" };
    static readonly Option<string> Cache = new("--cache") { DefaultValueFactory = _ => "artifacts/bench" };
    static readonly Option<int> Threads = new("--threads") { DefaultValueFactory = _ => 1 };
    static readonly Option<int> Most = new("--most") { DefaultValueFactory = _ => 5, Description = "Experts asked at most" };

    static readonly Option<double> Budget = new("--budget")
    {
        DefaultValueFactory = _ => 1.1,
        Description = "Mean number of experts asked, on validation",
    };

    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("evidence", "Log-probabilities as evidence beside the text")
        {
            Config, Policy, Test, Cache, Threads, Most, Budget, Out,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig config = ConfigReader.Read(parsed.GetValue(Config)!);
        PolicyConfig policy = config.Policies.Single(policy => policy.Name == parsed.GetValue(Policy));
        (int most, double budget) = (parsed.GetValue(Most), parsed.GetValue(Budget));
        EvidenceSet known = await SetAsync(Validation);
        OutcomeTable profile = known.Outcomes(Validation);
        string best = RoutingEvaluation.BestSingle(profile, profile.Experts.ToHashSet(StringComparer.Ordinal));
        Cascade cascade = EvidenceFit.Fit(
            BenchRouter.Resolved(config, [policy], profile)[0], profile, known.Table(Validation), most, budget, questions => BenchRouter.Space(config, questions))
            ?? throw new InvalidOperationException("The profile has no evidence to learn from.");
        string text = string.Create(CultureInfo.InvariantCulture,
            $"# Evidence beside the text: policy `{policy.Name}`, {known.Experts.Count} experts\n\n{Machine.Describe(TimeProvider.System)}\n" +
            $"- cascade of at most {most} experts, belief asked for {cascade.Threshold:0.00}: the most that costs {budget:0.00} experts a question on validation\n\n");
        foreach ((string name, Func<OutcomeRow, int> fold) in new[]
            { ("single questions", TextScores.Random(profile)), ("whole wordings", TextScores.ByWording(known.Questions)) })
        {
            var ranked = TextScores.OutOfFold(config, policy, profile, fold);
            text += $"## Validation, {name} left out of the text router\n\n{EvidenceReport.Features(known, ranked)}\n" +
                EvidenceReport.Cascades("validation", known, ranked, best, Play(cascade, known, ranked, most)) + "\n";
        }
        if (parsed.GetValue(Test) is { } file)
        {
            EvidenceSet test = await SetAsync(file);
            var experts = test.Experts.ToHashSet(StringComparer.Ordinal);
            var router = BenchRouter.Of(config, [policy], OutcomeFile.Read(config.Router.Outcomes!), experts);
            var ranked = test.Questions.ToDictionary(
                question => question.Id, question => router.Route(policy.Name, question.Question, experts).Ranked, StringComparer.Ordinal);
            text += $"## Held out\n\n" + EvidenceReport.Cascades("held out", test, ranked, best, Play(cascade, test, ranked, most));
        }
        Report.Write(text, parsed.GetValue(Out));
        return 0;

        async Task<EvidenceSet> SetAsync(string file)
        {
            IReadOnlyList<ProfileQuestion> questions = QuestionFile.Read(file);
            string cache = Path.Combine(parsed.GetValue(Cache)!, $"evidence-{Path.GetFileName(file)}");
            return new EvidenceSet(questions, await EvidenceMeasurement.ReadOrMeasureAsync(
                config, questions, cache, parsed.GetValue(Threads), cancellationToken));
        }
    }

    static CascadeResult[] Play(
        Cascade cascade, EvidenceSet set, IReadOnlyDictionary<string, IReadOnlyList<RankedExpert>> ranked, int most) =>
        [.. set.Questions.Select(question => CascadeResult.Play(cascade, ranked[question.Id], question.Id, set, most))];
}
