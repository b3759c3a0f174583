using System.CommandLine;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Composition;
using Orchestrator.Jobs.Training;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Routing.Trials;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator train composition</c>: which expert answers which category, and what each budget buys.</summary>
static class TrainCompositionCommand
{
    static readonly Option<string?> Policy = new("--policy", "-p")
    {
        Description = "Policy of the configuration, of the strategy composition (default: its default options)",
    };

    static readonly Option<string?> Categories = new("--categories") { Description = "Where categories come from: auto, given, found or skill" };
    static readonly Option<string?> Found = new("--found") { Description = "How many to find where none are given" };
    static readonly Option<string?> Resident = new("--resident") { Description = "Memory that all its experts may take together, as 64MiB" };
    static readonly Option<string?> Active = new("--active") { Description = "Parameters that may answer a question in the mean, as 5M" };
    static readonly Option<string?> Out = new("--out", "-o") { Description = "HTML page to write, with plots of budget against quality" };

    public static Command Create()
    {
        var command = new Command("composition", "Choose an expert for each category of questions, within budgets")
        {
            Policy, Categories, Found, Resident, Active, Out, ConfigOption.Value,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(ConfigOption.Read(parsed), parsed, cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(OrchestratorConfig config, ParseResult parsed, CancellationToken cancellationToken)
    {
        string? page = parsed.GetValue(Out);
        ProfileOutput.KeepInputs([page], config.Path, config.Router.Outcomes);
        ProfileOutput.Check(page);
        PolicyConfig policy = TrainingInput.With(PolicyOf(config, parsed.GetValue(Policy)), Overrides(parsed));
        OutcomeTable outcomes = TrainingInput.Outcomes(config);
        var space = await TrainingInput.SpaceAsync(config, outcomes, cancellationToken);
        var problems = new List<string>();
        CompositionTrial trial = CompositionTrial.Fit(policy, outcomes, space, KnownFacts.Of(config), problems)
            ?? throw new RouterException(RouterFailure.Configuration, string.Join('\n', problems).Replace(" (line 0)", "", StringComparison.Ordinal));
        var (composed, byResident, byActive) = (trial.Describe(), trial.ByResidentBytes(), trial.ByMeanActive());
        Console.WriteLine(CompositionReport.Text(composed, byResident, byActive));
        if (page is not null)
            WholeFile.Replace(page, writer => writer.Write(CompositionReport.Html(composed, byResident, byActive)));
        return ExitCodes.Ok;
    }

    static PolicyConfig PolicyOf(OrchestratorConfig config, string? name) => name is null
        ? new PolicyConfig("composition", "composition", new Dictionary<string, string>(StringComparer.Ordinal), Line: 0)
        : config.Policies.FirstOrDefault(policy => policy.Name == name) ?? throw new RouterException(
            RouterFailure.UnknownPolicy, $"No policy is called '{name}'; there are {string.Join(", ", config.Policies.Select(policy => policy.Name))}.");

    static Dictionary<string, string> Overrides(ParseResult parsed)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("categories", parsed.GetValue(Categories));
        Add("found", parsed.GetValue(Found));
        if (parsed.GetValue(Resident) is { } resident)
            Add("residentmib", TrainingInput.Number(TrainingInput.Bytes(resident) / (double)(1 << 20)));
        if (parsed.GetValue(Active) is { } active)
            Add("activemillions", TrainingInput.Number(TrainingInput.Parameters(active) / 1e6));
        return options;

        void Add(string name, string? value)
        {
            if (value is not null) options[name] = value;
        }
    }
}
