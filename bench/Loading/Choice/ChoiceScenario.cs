using System.CommandLine;
using Orchestrator.Bench.Loading.Traces;
using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Routing;

namespace Orchestrator.Bench.Loading.Choice;

/// <summary><c>choice</c>: what accuracy costs in waiting, as a policy's <c>quality_weight</c> sets it.</summary>
static class ChoiceScenario
{
    static readonly Option<string> Policy = new("--policy")
    {
        DefaultValueFactory = _ => "auto",
        Description = "A policy of the configuration; its own weight and panel are set aside",
    };

    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/test.jsonl" };

    static readonly Option<int> Requests =
        new("--requests") { DefaultValueFactory = _ => 0, Description = "Questions asked at each weight; 0 is all of them" };

    static readonly Option<double> Rate = new("--rate") { DefaultValueFactory = _ => 8, Description = "Arrivals a second" };

    static readonly Option<int> Loaded =
        new("--loaded") { Description = "Experts that fit in memory; a quarter of them when not given" };

    static readonly Option<TimeSpan> LoadDelay = new("--load-delay")
    {
        DefaultValueFactory = _ => TimeSpan.Zero,
        Description = "What every load takes longer, such as 500ms or 2s",
        CustomParser = result =>
        {
            if (!Quantities.TryDuration(result.Tokens[0].Value, out TimeSpan delay))
                result.AddError($"'{result.Tokens[0].Value}' is no duration; write one such as 500ms or 2s.");
            return delay;
        },
    };

    public static Command Create() => ScenarioContext.Command(
        "choice", "Accuracy and waiting as the quality weight of a policy sets them, on the experts of --config",
        [Policy, Questions, Requests, Rate, Loaded, LoadDelay], RunAsync, asServed: true);

    static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        string policy = parsed.GetValue(Policy)!;
        PolicyRouter router = WeightedPolicies.Router(ConfigReader.Read(context.Options.ConfigFile), policy);
        IReadOnlyList<ChoiceQuestion> questions =
            ChoiceQuestion.Draw(context, parsed.GetValue(Questions)!, parsed.GetValue(Requests), router);
        double rate = parsed.GetValue(Rate);
        // Twice as long as it takes in the mean: enough arrivals for all questions.
        IReadOnlyList<Arrival> arrivals = [.. TraceGenerator
            .Create("uniform", rate, TimeSpan.FromSeconds((2 * questions.Count + 20) / rate), 1, context.Options.Seed)
            .Take(questions.Count)];
        int loaded = parsed.GetValue(Loaded) is > 0 and var given ? given : Math.Max(1, context.Ids.Count / 4);
        TimeSpan delay = parsed.GetValue(LoadDelay);
        // Variants answer a part of the waiting in another way, which would hide what the choice does.
        OrchestratorConfig config = context.Experts.Config(loaded) with { Scheduler = new SchedulerConfig { Variants = false } };
        var runs = new List<ChoiceRun>();
        foreach (double weight in WeightedPolicies.Weights)
        {
            await using ChoiceService service =
                await ChoiceService.StartAsync(context, config, router, delay, cancellationToken);
            runs.Add(await ChoiceRun.WithAsync(
                context, service, weight, questions, arrivals, cancellationToken));
        }
        return
            $"""
            - policy `{policy}` on {questions.Count} held-out questions in random order, {rate} arrivals a second, the same for every
              weight; memory for {loaded} of {context.Ids.Count} experts; variants off
            - {Loading(delay)}
            - each weight has a pool of its own, on which every expert answered once before, in the order of the configuration: so
              their times are known, and the last of them are loaded at first
            - a request is aborted, and counts as wrong, when it fails or takes more than {context.Options.Timeout.TotalSeconds:0} s
            - at weight 1 waiting is ignored: the baseline


            """ + ChoiceRun.Table(runs) + Failures(runs);
    }

    static string Loading(TimeSpan delay) => delay == TimeSpan.Zero
        ? "loads as fast as they are, which for these small files is a few milliseconds"
        : $"**every load is delayed by {delay.TotalSeconds:0.###} s**, with its progress told, as a large model's load would be";

    static string Failures(IEnumerable<ChoiceRun> runs) => string.Concat(
        runs.SelectMany(run => run.Answers.Select(answer => answer.Failure).OfType<string>())
            .Distinct(StringComparer.Ordinal).Take(5).Select(failure => $"- aborted: {failure}\n"));
}
