using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Aggregation;
using Orchestrator.Jobs.Evaluation;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Host.Commands;

/// <summary><c>orchestrator eval</c>: how good policies are on labelled questions, beside what they must be better than.</summary>
static class EvalCommand
{
    const string Refuse = "refuse", Exclude = "exclude", Allow = "allow";

    static readonly Argument<string> Data = new("file")
    {
        Description = "Labelled questions, JSON Lines with id, question, reference, grader and optional options and skills",
    };

    static readonly Option<string[]> Policy = new("--policy", "-p")
    {
        Description = "Policy to evaluate (default: the first of the configuration); may be given several times",
    };

    static readonly Option<string?> Out = new("--out", "-o") { Description = "Folder for the result and the reports (default: eval-FILE-TIME here)" };
    static readonly Option<string?> Generalist = new("--generalist") { Description = "Expert that was made for everything, to compare with" };
    static readonly Option<string?> Judge = new("--judge") { Description = "Expert that grades answers to questions of the grader 'judge'" };
    static readonly Option<int?> Limit = Number("--limit", "Evaluate only so many of the questions, spread over the file", 1, int.MaxValue);
    static readonly Option<int?> MaxTokens = Number("--max-tokens", "Tokens an answer may have (default: 512)", 1, 1 << 20);
    static readonly Option<int?> MaxSamples = Number("--max-samples", "Samples of the best single expert a question (default: 32)", 2, 1024);
    static readonly Option<float?> Temperature = CreateTemperature();
    static readonly Option<bool> NoBaselines = new("--no-baselines") { Description = "Run the policies only" };
    static readonly Option<string> Profiled = CreateProfiled();

    public static Command Create()
    {
        var command = new Command("eval", "Evaluate policies on labelled questions, beside every baseline")
        {
            Data, Policy, Out, Generalist, Judge, Limit, NoBaselines, Profiled, MaxTokens, MaxSamples, Temperature, ConfigOption.Value,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, cancellationToken));
        command.Subcommands.Add(EvalCompareCommand.Create());
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var config = ConfigOption.Read(parsed);
        var file = parsed.GetValue(Data)!;
        if (Directory.Exists(file)) throw new EvalException($"{file} is a folder; eval wants a file of labelled questions.");
        var profile = config.Router.Outcomes is { } outcomes && File.Exists(outcomes) ? OutcomeFile.Read(outcomes) : OutcomeTable.Empty;
        var choice = config.Router.Aggregation is { } aggregation ? AggregationFile.Read(aggregation) : null;
        var dataset = Select(EvalDataset.Of(Path.GetFileName(file), QuestionFile.Read(file, judged: true)), profile, parsed);
        var options = Options(parsed, config);
        // What the configuration alone tells is checked before anything is started.
        string[] all = [.. config.Experts.Select(expert => expert.Id)];
        EvalRules.Check(options, dataset, Subjects([.. config.Answering], all));
        var time = TimeProvider.System;
        var folder = parsed.GetValue(Out) ?? $"eval-{Path.GetFileNameWithoutExtension(file)}-{time.GetUtcNow():yyyyMMdd-HHmmss}";
        var output = EvalOutput.Open(folder);
        return await new EvalRun(config, time, NullLoggerFactory.Instance).RunAsync(dataset, options, Subjects, output, cancellationToken);

        EvalSubjects Subjects(IReadOnlyList<string> experts, IReadOnlyList<string> usable) => new()
        {
            Policies = config.Policies,
            Experts = experts,
            All = usable,
            Profile = profile,
            Aggregation = choice,
            Tagger = config.Router.Tagger.Expert,
            Fingerprint = EvalFingerprint.Of(config),
        };
    }

    static EvalOptions Options(ParseResult parsed, OrchestratorConfig config)
    {
        var defaults = new EvalOptions { Policies = [] };
        return defaults with
        {
            Policies = parsed.GetValue(Policy) is { Length: > 0 } named ? [.. named.Distinct(StringComparer.Ordinal)] : [config.Policies[0].Name],
            Baselines = !parsed.GetValue(NoBaselines),
            Generalist = parsed.GetValue(Generalist),
            Judge = parsed.GetValue(Judge),
            MaxTokens = parsed.GetValue(MaxTokens) ?? defaults.MaxTokens,
            MaxSamples = parsed.GetValue(MaxSamples) ?? defaults.MaxSamples,
            Temperature = parsed.GetValue(Temperature) ?? defaults.Temperature,
        };
    }

    /// <exception cref="EvalException">Questions were profiled, and it was not said what to do with them.</exception>
    static EvalDataset Select(EvalDataset dataset, OutcomeTable profile, ParseResult parsed)
    {
        var profiled = Leakage.Find(dataset.Questions, profile);
        var wanted = parsed.GetValue(Profiled)!;
        if (profiled.Count > 0 && wanted == Refuse)
        {
            throw new EvalException(
                $"{profiled.Count} of the {dataset.Questions.Count} questions are in the profile, the first is '{profiled[0]}': the router would be right "
                + $"by memory. --profiled {Exclude} leaves them out, --profiled {Allow} evaluates on them with a warning in the report.");
        }

        if (wanted == Exclude) dataset = dataset.Without(profiled);
        return parsed.GetValue(Limit) is { } limit ? dataset.Limit(limit) : dataset;
    }

    static Option<string> CreateProfiled()
    {
        var option = new Option<string>("--profiled")
        {
            Description = $"What to do with questions that the profile has: {Refuse}, {Exclude} or {Allow}",
            DefaultValueFactory = _ => Refuse,
        };
        option.AcceptOnlyFromAmong(Refuse, Exclude, Allow);
        return option;
    }

    static Option<float?> CreateTemperature()
    {
        var option = new Option<float?>("--temperature") { Description = "At which the best single expert is sampled for self-consistency (default: 0.7)" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(float.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number is >= EvalOptions.LeastTemperature and <= EvalOptions.MostTemperature))
                result.AddError($"--temperature is '{result.Tokens[0].Value}', allowed are 0.01 to 2.");
        });
        return option;
    }

    static Option<int?> Number(string name, string description, int least, int most)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var number) && number >= least && number <= most))
                result.AddError($"{name} is '{result.Tokens[0].Value}', allowed are {least} to {most}.");
        });
        return option;
    }
}
