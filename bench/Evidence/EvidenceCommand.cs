using System.CommandLine;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;

namespace Orchestrator.Bench.Evidence;

/// <summary><c>evidence</c>: what experts' own log-probabilities tell of who answers right.</summary>
static class EvidenceCommand
{
    static readonly Option<string> Config = new("--config") { DefaultValueFactory = _ => "configs/orchestrator.yaml" };
    static readonly Option<string> Questions = new("--questions") { DefaultValueFactory = _ => "models/data/validation.jsonl" };
    static readonly Option<string> Cache = new("--cache") { DefaultValueFactory = _ => "artifacts/bench/evidence-validation.jsonl" };
    static readonly Option<int> Threads = new("--threads") { DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("evidence", "Log-probabilities as evidence beside the text") { Config, Questions, Cache, Threads };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        OrchestratorConfig config = ConfigReader.Read(parsed.GetValue(Config)!);
        IReadOnlyList<ProfileQuestion> questions = QuestionFile.Read(parsed.GetValue(Questions)!);
        await EvidenceMeasurement.ReadOrMeasureAsync(
            config, questions, parsed.GetValue(Cache)!, parsed.GetValue(Threads), cancellationToken);
        return 0;
    }
}
