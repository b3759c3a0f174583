using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestrator.Experts.Panels;
using Orchestrator.Host.Errors;
using Orchestrator.Host.Pipeline;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.OpenAi;

/// <summary>
/// The lines of a batch's output and error files. They depend on nothing but the stored answers, so that a file that is written
/// again after a kill is the same file.
/// </summary>
static class BatchAnswers
{
    /// <param name="parameters">Of an expert, null where its file does not tell.</param>
    public static string Line(JobRecord batch, JobAnswer answer, Func<string, long?> parameters)
    {
        var id = Id(batch, answer.Key);
        var response = answer.Failure is { } failure
            ? Failed(id, failure)
            : new BatchResponse(StatusCodes.Status200OK, $"req_{id}", new BatchBody(Completion(batch, id, answer, parameters), null));
        return Write(new BatchOutputLine($"batch_req_{id}", answer.Key, response, null));
    }

    /// <summary>Of an item that was never run to its end.</summary>
    public static string OpenLine(JobRecord batch, string key) => Write(new BatchOutputLine(
        $"batch_req_{Id(batch, key)}", key, null,
        batch.State switch
        {
            JobState.Expired => new BatchLineError("batch_expired", "This request could not be executed before the batch expired."),
            JobState.Failed => new BatchLineError("batch_failed", "This request was not executed because the batch failed."),
            _ => new BatchLineError("batch_cancelled", "This request was not executed because the batch was cancelled."),
        }));

    static BatchResponse Failed(string id, JobFailure failure)
    {
        var error = FailureMap.Find(failure.ToException())!;
        return new BatchResponse(error.Status, $"req_{id}", new BatchBody(null, new ErrorEnvelope(error)));
    }

    static ChatCompletion Completion(JobRecord batch, string id, JobAnswer answer, Func<string, long?> parameters)
    {
        var created = batch.Stamp(JobState.InProgress.Word()) ?? 0;
        return new CompletionWriter($"chatcmpl-{id}", created, answer.Expert, includeUsage: false)
            .Whole(answer.Text, answer.Finish, answer.Usage, Report(answer, parameters));
    }

    static PanelReport? Report(JobAnswer answer, Func<string, long?> parameters)
    {
        // An aggregator that asks the panel itself heard it; where it could not, another expert answered alone.
        MemberAnswer[] said = [.. answer.Members, .. answer.Heard];
        if (answer.Plan is not { } plan || (answer.Members.Count <= 1 && answer.Heard.Count == 0 && plan.Context is null)) return null;
        var merging = plan.Aggregator == Router.Routing.RoutePlan.First ? null : new Merging(plan.Aggregator, answer.MergeReasons);
        var others = merging is null ? said.Where(member => member.Expert != answer.Expert) : said;
        return PanelReport.Of(
            new Conclusion(
                [.. others.Select(member => member.ToPanelAnswer())], merging,
                [.. answer.CallUsages.Select(call => new ExpertUsage(call.Expert, call.Usage))])
            {
                Context = plan.Context,
            },
            parameters);
    }

    /// <summary>The same for the same item, however often it is written.</summary>
    static string Id(JobRecord batch, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{batch.Id}/{key}")))[..24];

    static string Write(BatchOutputLine line) => JsonSerializer.Serialize(line, WireJson.Wire.BatchOutputLine);
}
