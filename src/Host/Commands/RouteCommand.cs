using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Planning;
using Orchestrator.Router.Coverage;
using Orchestrator.Router.Routing;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator route</c>: shows who would answer and why; nothing is loaded.</summary>
static class RouteCommand
{
    const int Shown = 5;

    static readonly Argument<string> Question = new("question") { Description = "What a user would ask" };

    static readonly Option<string> Policy = new("--policy", "-p")
    {
        Description = "Policy of the configuration",
        DefaultValueFactory = _ => "auto",
    };

    static readonly Option<string> Skills = new("--skills")
    {
        Description = "What the question needs, in phrases separated by commas, for policies that recruit by skill",
        DefaultValueFactory = _ => "",
    };

    static readonly Option<string> Prefer = new("--prefer")
    {
        Description = $"What to want less of, for policies that weigh it: {WishesText.Allowed}",
        DefaultValueFactory = _ => "",
    };

    static readonly Option<string> Licence = new("--licence")
    {
        Description = "Only experts of these licences, separated by commas, for policies that weigh that",
        DefaultValueFactory = _ => "",
    };

    static readonly Option<bool> Json = new("--json") { Description = "Print the plan as POST /v1/route returns it" };

    public static Command Create()
    {
        var command = new Command("route", "Show the route plan of a question without running it")
        {
            Question, Policy, Skills, Prefer, Licence, Json, ConfigOption.Value,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var question = Read(parsed);
            var config = ConfigOption.Read(parsed);
            var builder = new ServiceBuilder(config, TimeProvider.System, NullLoggerFactory.Instance);
            using var runtime = builder.NeedsRuntime ? builder.StartRuntime() : null;
            await using var spaces = builder.CreateSpaces(runtime);
            var router = await builder.LoadRouterAsync(spaces, cancellationToken);
            var plan = router.RouteAll(
                parsed.GetValue(Policy)!, await router.EmbedAsync([question], cancellationToken), config.Answering.ToHashSet(StringComparer.Ordinal))[0];
            var policy = config.Policies.First(known => known.Name == plan.Policy);
            plan = MixturePanel.Recruit(plan, policy, builder.LoadMixture(), question.Text, config.Experts.Select(expert => expert.Id));
            plan = plan with { AllowVariants = Planner.TakesVariants(plan) };
            if (config.Router.Tagger.Expert is { } tagger && router.WantsTags(plan.Policy) && parsed.GetValue(Skills)!.Length == 0)
                Console.Error.WriteLine($"The service asks {tagger} for the skills first (POST /v1/route shows that); here no model runs.");
            if (config.Router.Evidence is not null && policy.Evidence is > 1 and var most)
                Console.Error.WriteLine($"The service may ask up to {most} experts of this ranking, until one is sure of its answer; here no model runs.");
            Console.WriteLine(parsed.GetValue(Json) ? JsonSerializer.Serialize(plan, WireJson.Wire.RoutePlan) : Describe(plan));
            return ExitCodes.Ok;
        });
        return command;
    }

    static string Describe(RouteCoverage coverage) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {CoverageWords.Of(coverage.Verdict)}: distance {coverage.Distance:F1}, as far as {coverage.Percentile:P0} of what was profiled; region {coverage.Region}");

    /// <exception cref="EvalException">A wish is none; the message says what is allowed.</exception>
    static RouteQuestion Read(ParseResult parsed)
    {
        var wishes = new RouteWishes();
        if (WishesText.ReadWeights(parsed.GetValue(Prefer)!, ref wishes) is { } wrong)
            throw new EvalException($"--prefer: {wrong}; allowed are {WishesText.Allowed}.");
        if (WishesText.ReadLicences(parsed.GetValue(Licence)!, ref wishes) is { } many) throw new EvalException($"--licence: {many}.");
        return new RouteQuestion(parsed.GetValue(Question)!)
        {
            Skills = parsed.GetValue(Skills)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Wishes = wishes == new RouteWishes() ? null : wishes,
        };
    }

    static string Describe(RoutePlan plan) => string.Join(Environment.NewLine,
    [
        $"{plan.Primary} by {plan.Policy} ({plan.Strategy}), confidence {plan.Confidence?.ToString("F3", CultureInfo.InvariantCulture) ?? "unknown"}, support distance {plan.SupportDistance:F3}",
        .. plan.Coverage is { } coverage ? [Describe(coverage)] : Array.Empty<string>(),
        .. plan.Reasons.Select(reason => $"  {reason}"),
        .. plan.Ranked.Take(Shown).Select((ranked, i) => $"  {i + 1}. {ranked.Expert,-16} {ranked.Score:F3}  ({ranked.Support} profiled questions)"),
    ]);
}
