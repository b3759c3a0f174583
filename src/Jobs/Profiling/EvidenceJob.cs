using System.Collections.Concurrent;
using Orchestrator.Experts;
using Orchestrator.LlamaCpp.Generation;
using Orchestrator.Router.Evidence;

namespace Orchestrator.Jobs.Profiling;

/// <summary>Asks experts the profiled questions once more, scored, and keeps how sure they were of their answers.</summary>
public static class EvidenceJob
{
    /// <param name="experts">Asked one after the other, so that each is loaded once.</param>
    /// <param name="source">What the questions are, in words.</param>
    /// <param name="earlier">Keeps what it says of other experts, where the question is still there.</param>
    /// <exception cref="ExpertException">An expert cannot be asked; the kind says why.</exception>
    public static async Task<EvidenceTable> RunAsync(
        IReadOnlyList<IExpert> experts, IReadOnlyList<ProfileQuestion> questions, string source, EvidenceTable earlier,
        ProfileOptions options, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<(string Question, string Expert), AnswerEvidence?>();
        foreach (IExpert expert in experts)
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(questions, parallel, async (question, cancelled) =>
                found[(question.Id, expert.Id)] = await AskAsync(expert, question.Question, options.MaxTokens, cancelled));
        }
        string[] ids = [.. earlier.Experts.Union(experts.Select(expert => expert.Id))];
        return new EvidenceTable(source, ids,
        [
            .. questions.Select(question => new EvidenceRow(question.Id,
                [.. ids.Select(id => found.TryGetValue((question.Id, id), out AnswerEvidence? known) ? known : earlier.Of(question.Id, id))])),
        ]);
    }

    /// <summary>Null where the expert cannot take such a question.</summary>
    static async Task<AnswerEvidence?> AskAsync(IExpert expert, string question, int maxTokens, CancellationToken cancellationToken)
    {
        var call = new ExpertCall
        {
            Request = new GenerationRequest
            {
                Messages = [new ChatTurn("user", question)],
                MaxTokens = maxTokens,
                Sampling = new SamplingChanges { Temperature = 0 },
                ScoreAnswer = true,
            },
            Class = RequestClass.Batch,
            AllowVariant = false,
        };
        GenerationChunk last = default;
        try
        {
            await foreach (GenerationChunk chunk in expert.GenerateAsync(call, cancellationToken))
                last = chunk;
        }
        catch (ExpertException problem) when (problem.Failure is ExpertFailure.PromptTooLong or ExpertFailure.InvalidRequest)
        {
            return null;
        }
        return AnswerEvidence.Of((last.Scores?.Answer ?? []).Select(score => score.LogProbability));
    }
}
