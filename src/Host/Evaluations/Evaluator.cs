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
sealed class Evaluator(ServiceState state, RequestPipeline pipeline, TimeProvider time)
{
    /// <summary>Enough to fill a batch of several experts, and far below what a queue takes.</summary>
    const int MostUnderWay = 16;

    /// <summary>To a queue that is full, like batch jobs.</summary>
    const int Attempts = 4;

    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

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

    async ValueTask<QuestionResult> ResultAsync(
        ProfileQuestion question, EvaluationRequest request, string requestId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskAsync(question, Chat(question, request), requestId, cancellationToken);
            }
            catch (ExpertException full) when (full.Failure == ExpertFailure.QueueFull && attempt < Attempts)
            {
                await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), time, cancellationToken);
            }
            catch (Exception failure) when (FailureMap.Find(failure) is { } error)
            {
                return new QuestionResult(question.Id) { Error = error };
            }
        }
    }

    async Task<QuestionResult> AskAsync(ProfileQuestion question, ChatRequest chat, string requestId, CancellationToken cancellationToken)
    {
        await using var answer = await pipeline.AnswerAsync(chat, requestId, new Recruitment(), cancellationToken);
        var text = new StringBuilder();
        await foreach (var chunk in answer.ReadAsync()) text.Append(chunk.Text);
        var end = await answer.ConcludeAsync();
        var said = text.ToString();
        var grade = Graders.Decide(question.Grader, said, question.Reference, question.Options);
        return new QuestionResult(question.Id) { Answer = said, Expert = answer.Expert, Score = grade.Score, Note = grade.Note, Usage = end.Usage };
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
