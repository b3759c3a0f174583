using System.CommandLine;
using Orchestrator.Aggregator.MixtureOfThoughts.Files;
using Orchestrator.Aggregator.MixtureOfThoughts.Layers;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Bench.Thoughts;

/// <summary><c>thoughts</c>: what hearing peers costs a primary: decoding beside its plain self, and the time to its first token.</summary>
static class ThoughtsCommand
{
    static readonly Option<string> Config = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<string?> Pair = new("--pair") { Description = "PRIMARY<PEER of the layers (default: their first)" };
    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/thoughts.jsonl" };
    static readonly Option<int> Rounds = new("--rounds") { DefaultValueFactory = _ => 100 };
    static readonly Option<string?> Out = new("--out") { Description = "Markdown file to write as well" };

    public static Command Create()
    {
        var command = new Command("thoughts", "Speed of a mixture of thoughts beside its plain primary") { Config, Pair, Questions, Rounds, Out };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig config = ConfigReader.Read(parsed.GetValue(Config)!);
        MixtureLayers layers = MixtureFile.Read(config.Router.Mixture ?? throw new InvalidOperationException("router.mixture names no file."));
        MixturePair pair = layers.Pairs.First(known => parsed.GetValue(Pair) is not { } wanted || known.ToString() == wanted);
        string[] questions = [.. QuestionFile.Read(parsed.GetValue(Questions)!).Select(question => question.Question)];
        ExpertConfig primary = config.Experts.First(expert => expert.Id == pair.Primary);
        ExpertConfig[] experts =
        [
            primary, primary with { Id = ThoughtSpeed.Plain, LatentTap = false, Variants = [] },
            primary with { Id = ThoughtSpeed.Single, MaxSequences = 1, Variants = [] },
            primary with { Id = ThoughtSpeed.PlainSingle, MaxSequences = 1, LatentTap = false, Variants = [] },
            config.Experts.First(expert => expert.Id == pair.Peer),
        ];
        await using BenchPool pool = await BenchPool.StartAsync(config with { Experts = experts }, threads: 1, cancellationToken);
        var speed = new ThoughtSpeed(layers, pair, pool.Get, questions, parsed.GetValue(Rounds), TimeProvider.System);
        Report.Write(
            $"""
            # Mixture of thoughts: speed of {pair}

            {Machine.Describe(TimeProvider.System)}
            - latent width {layers.Latent}, {layers.Heads} heads, {layers.Interactions.Count} interactions, drafts of at most {layers.Draft} tokens; one thread
            - {2 * layers.Interactions.Count * layers.Latent * sizeof(float)} bytes of keys and values a token of question and draft

            {await speed.DecodingAsync([1, 16], cancellationToken)}
            {await speed.FirstTokenAsync(cancellationToken)}
            """, parsed.GetValue(Out));
        return 0;
    }
}
