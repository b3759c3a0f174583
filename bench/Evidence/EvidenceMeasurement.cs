using System.Collections.Concurrent;
using System.Text;
using Orchestrator.Bench.Pool;
using Orchestrator.Experts;
using Orchestrator.Experts.Configuration;
using Orchestrator.Jobs.Profiling;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Bench.Evidence;

/// <summary>Asks every expert every question once, scored, and keeps the scores in a file that is read the next time.</summary>
static class EvidenceMeasurement
{
    const int MaxTokens = 256;

    const int Concurrency = 64;

    public static async Task<IReadOnlyList<EvidenceRecord>> ReadOrMeasureAsync(
        OrchestratorConfig config, IReadOnlyList<ProfileQuestion> questions, string cache, int threads, CancellationToken cancellationToken)
    {
        if (!File.Exists(cache))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(cache))!);
            await using BenchPool pool = await BenchPool.StartAsync(config, threads, cancellationToken);
            var lines = new List<string>();
            foreach (IExpert expert in pool.Experts)
            {
                EvidenceRecord[] records = await AskAllAsync(expert, questions, cancellationToken);
                lines.AddRange(records.OrderBy(record => record.Id, StringComparer.Ordinal).Select(record => record.ToLine()));
                await Console.Error.WriteLineAsync($"{expert.Id}: {records.Sum(record => record.Score):0} of {records.Length} right");
            }
            await File.WriteAllLinesAsync(cache, lines, cancellationToken);
        }
        return [.. File.ReadLines(cache).Select(EvidenceRecord.Parse)];
    }

    static async Task<EvidenceRecord[]> AskAllAsync(
        IExpert expert, IReadOnlyList<ProfileQuestion> questions, CancellationToken cancellationToken)
    {
        var records = new ConcurrentBag<EvidenceRecord>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(questions, parallel, async (question, cancelled) =>
            records.Add(await AskAsync(expert, question, cancelled)));
        return [.. records];
    }

    static async Task<EvidenceRecord> AskAsync(IExpert expert, ProfileQuestion question, CancellationToken cancellationToken)
    {
        var call = new ExpertCall
        {
            Request = new GenerationRequest
            {
                Messages = [new ChatTurn("user", question.Question)],
                MaxTokens = MaxTokens,
                Sampling = new SamplingChanges { Temperature = 0 },
                ScorePrompt = true,
                ScoreAnswer = true,
            },
            AllowVariant = false,
        };
        var text = new StringBuilder();
        GenerationChunk last = default;
        await foreach (GenerationChunk chunk in expert.GenerateAsync(call, cancellationToken))
        {
            text.Append(chunk.Text);
            last = chunk;
        }
        return new EvidenceRecord
        {
            Id = question.Id,
            Expert = expert.Id,
            Score = question.Grade(text.ToString()),
            Text = text.ToString(),
            PromptTokens = last.Usage!.PromptTokens,
            AnswerTokens = last.Usage.CompletionTokens,
            Prompt = [.. last.Scores!.Prompt.Select(score => MathF.Round(score.LogProbability, 4))],
            Answer = [.. last.Scores.Answer.Select(EvidenceRecord.Row)],
        };
    }
}
