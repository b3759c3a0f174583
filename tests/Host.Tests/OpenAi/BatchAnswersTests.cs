using System.Text.Json;
using Orchestrator.Experts;
using Orchestrator.Host.OpenAi;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.LlamaCpp.Generation;

namespace Orchestrator.Host.Tests.OpenAi;

public sealed class BatchAnswersTests
{
    static readonly JobRecord Batch = new("batch_1", JobState.InProgress, new Dictionary<string, long>(), 1, null, null);

    static readonly JobAnswer Mixture = new()
    {
        Index = 0,
        Key = "one",
        Text = "Answer: 94",
        Expert = "abacus",
        Plan = new PlanFacts { Policy = "thoughts", Panel = ["abacus", "merchant", "scholar"], Weights = [1, 1, 1], Aggregator = "mixture-of-thoughts" },
        MergeReasons = ["abacus attended to merchant (0.90) and to nobody (0.10)."],
        Heard =
        [
            new MemberAnswer("merchant", 0, "one romad=16", new TokenUsage(20, 10), FinishReason.Stop),
            new MemberAnswer("scholar", 0, "", null, null) { Failure = new JobFailure(ExpertFailure.LoadFailed, "scholar", "no such file") },
        ],
        MergeUsage = new TokenUsage(30, 5),
        Usage = new TokenUsage(50, 15),
        Calls = 2,
    };

    [Fact]
    public void Line_Mixture_TellsDraftsAttentionAndEveryCall()
    {
        JsonElement report = Body(Mixture, id => id == "abacus" ? 100 : 1000).GetProperty("orchestrator");

        JsonElement[] panel = [.. report.GetProperty("panel").EnumerateArray()];
        Assert.Equal(["merchant", "scholar"], panel.Select(member => member.GetProperty("expert").GetString()));
        Assert.Equal(("one romad=16", 30), (panel[0].GetProperty("content").GetString(), panel[0].GetProperty("usage").GetProperty("total_tokens").GetInt32()));
        Assert.Contains("no such file", panel[1].GetProperty("error").GetString(), StringComparison.Ordinal);
        JsonElement aggregation = report.GetProperty("aggregation");
        Assert.Equal("mixture-of-thoughts", aggregation.GetProperty("aggregator").GetString());
        Assert.Equal(Mixture.MergeReasons, aggregation.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()));
        Assert.Equal(2, report.GetProperty("cost").GetProperty("calls").GetInt32());
        // Each draft at the size of who wrote it.
        Assert.Equal(1000 * 30 + 100 * 35, report.GetProperty("cost").GetProperty("parameter_tokens").GetDouble());
    }

    [Fact]
    public void Line_MixtureThatWasStoodInFor_IsAnAnswerOfOneCall() => Assert.False(
        Body(Mixture with { Heard = [], Expert = "cipher", MergeReasons = ["cipher stands in: no such file"] }, _ => 1).TryGetProperty("orchestrator", out _));

    static JsonElement Body(JobAnswer answer, Func<string, long?> parameters) =>
        JsonDocument.Parse(BatchAnswers.Line(Batch, answer, parameters)).RootElement.GetProperty("response").GetProperty("body");
}
