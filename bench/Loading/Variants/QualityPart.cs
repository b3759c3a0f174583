using System.CommandLine;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.Router.Outcomes;

namespace Orchestrator.Bench.Loading.Variants;

/// <summary>The experts of the configuration beside their variants, on held-out questions.</summary>
static class QualityPart
{
    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/test.jsonl" };

    static readonly Option<string> Validation = new("--validation")
    {
        DefaultValueFactory = _ => "models/data/validation.jsonl",
        Description = "The questions of the profile, whose sub-skills tell what is an expert's own",
    };

    static readonly Option<string> Cache = new("--cache") { DefaultValueFactory = _ => "artifacts/bench/variant-outcomes.jsonl" };
    static readonly Option<bool> Refresh = new("--refresh") { Description = "Ask experts and variants again" };

    public static IReadOnlyList<Option> Options { get; } = [Questions, Validation, Cache, Refresh];

    public static async Task<string> RunAsync(ScenarioContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig config = ConfigReader.Read(context.Options.ConfigFile);
        IReadOnlyList<ProfileQuestion> test = QuestionFile.Read(parsed.GetValue(Questions)!);
        OutcomeTable scores = await VariantQuality.MeasureAsync(
            VariantQuality.Apart(config) with { Engine = config.Engine with { Library = context.Options.Library } },
            test, parsed.GetValue(Cache)!, parsed.GetValue(Refresh), context.Options.Threads, cancellationToken);
        OutcomeTable profile =
            OutcomeFile.Read(config.Router.Outcomes ?? throw new ConfigException(["router.outcomes is not set"]));
        return
            $"""
            ## Quality: experts of {Path.GetFileName(context.Options.ConfigFile)} and their variants on {test.Count} held-out questions

            Greedily, whole answers. Own sub-skills are those that the expert masters on the validation questions; "only one
            right" counts the questions on which the two differ.


            """ + new VariantQuality(config, test, scores).ToMarkdown(profile, QuestionFile.Read(parsed.GetValue(Validation)!));
    }
}
