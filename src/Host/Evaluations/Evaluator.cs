using System.Text;
using Orchestrator.Experts;
using Orchestrator.Host.Composition;
using Orchestrator.Host.Errors;
using Orchestrator.Host.OpenAi;
using Orchestrator.Host.Pipeline;
using Orchestrator.Jobs.Grading;
using Orchestrator.Jobs.Profiling;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Evaluations;

/// <summary>Asks labelled questions as batch work and grades what is said; a question that fails is a result like others.</summary>
sealed class Evaluator(ServiceState state, RequestPipeline pipeline) : IDisposable
{
    /// <summary>Enough to fill a batch of several experts, and few enough that people who wait come first soon.</summary>
    const int MostUnderWay = 16;

    /// <summary>Patterns may take a second each: those of all evaluations together get one thread, so that others' requests keep theirs.</summary>
    readonly SemaphoreSlim _grading = new(1);

    /// <exception cref="ApiException">404: there is no such model.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: what was still being answered is let go.</exception>
    public async Task<EvaluationReply> RunAsync(EvaluationRequest request, string requestId, CancellationToken cancellationToken)
    {
        Planner.Check(state.Ready(), request.Model);
        var results = new QuestionResult[request.Questions.Count];
        await Parallel.ForEachAsync(
            request.Questions.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = MostUnderWay, CancellationToken = cancellationToken },
            async (item, cancelled) => results[item.Index] = await ResultAsync(item.Item, request, $"{requestId}#{item.Index + 1}", cancelled));
        return EvaluationReply.Of(request.Model, results);
    }

    public void Dispose() => _grading.Dispose();

    async Task<QuestionResult> ResultAsync(
        ProfileQuestion question, EvaluationRequest request, string requestId, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(question, Chat(question, request), requestId, cancellationToken);
        }
        catch (Exception failure) when (FailureMap.Find(failure) is { } error)
        {
            return new QuestionResult(question.Id) { Error = error };
        }
    }

    async Task<QuestionResult> AskAsync(ProfileQuestion question, ChatRequest chat, string requestId, CancellationToken cancellationToken)
    {
        var said = await SayAsync(question, chat, requestId, cancellationToken);
        await _grading.WaitAsync(cancellationToken);
        try
        {
            var grade = Graders.Decide(question.Grader, said.Answer!, question.Reference, question.Options);
            return said with { Score = grade.Score, Note = grade.Note };
        }
        finally
        {
            _grading.Release();
        }
    }

    /// <summary>The answer's sequence is free before it is graded.</summary>
    async Task<QuestionResult> SayAsync(
        ProfileQuestion question, ChatRequest chat, string requestId, CancellationToken cancellationToken)
    {
        await using var answer = await pipeline.AnswerAsync(chat, requestId, new Recruitment(), cancellationToken);
        var text = new StringBuilder();
        await foreach (var chunk in answer.ReadAsync()) text.Append(chunk.Text);
        var end = await answer.ConcludeAsync();
        return new QuestionResult(question.Id) { Answer = text.ToString(), Expert = answer.Expert, Usage = end.Usage };
    }

    /// <summary>As <c>orchestrator eval</c> asks: without chance, and never answered by a variant.</summary>
    static ChatRequest Chat(ProfileQuestion question, EvaluationRequest request) => new()
    {
        Model = request.Model,
        Class = RequestClass.Batch,
        AllowVariant = false,
        Generation = new GenerationRequest
        {
            Messages = [new ChatTurn("user", question.Question)],
            MaxTokens = request.MaxTokens,
            Sampling = new SamplingChanges { Temperature = 0 },
        },
    };
}
