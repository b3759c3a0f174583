using Orchestrator.Experts.Configuration;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Feedback;
using Orchestrator.Router.Routing;
using Orchestrator.Router.Tests.Embedding;
using Orchestrator.Router.Tests.Feedback;
using Orchestrator.Router.Tests.Strategies;

namespace Orchestrator.Router.Tests.Routing;

/// <summary>A router whose embedder has to be waited for, beside one of the same space that need not be.</summary>
public sealed class WaitingEmbedderTests
{
    const string Question = "What is 34 + 71?";

    static readonly string[] Questions = [.. Profiles.Table.Rows.Select(row => row.Question)];

    readonly WaitingEmbedder _embedder = new(Questions);
    readonly PolicyRouter _atOnce = Router(QuestionSpace.Hashed(Questions));

    [Fact]
    public async Task RouteAll_EmbeddedBefore_IsAsWithAnEmbedderOfThisProcess()
    {
        PolicyRouter router = await WaitingAsync();

        IReadOnlyList<RouteQuestion> embedded = await router.EmbedAsync([new RouteQuestion(Question), new RouteQuestion("Where is Oslo?")]);

        Assert.Equal([Question, "Where is Oslo?"], _embedder.Asked);
        Assert.Equivalent(_atOnce.Route("near", Question, Profiles.All), router.RouteAll("near", embedded, Profiles.All)[0], strict: true);
    }

    [Fact]
    public async Task Route_NotEmbedded_SaysSo()
    {
        PolicyRouter router = await WaitingAsync();
        var end = new TaskCompletionSource();
        _embedder.Until = end.Task;

        Assert.Contains("has to be waited for", Assert.Throws<InvalidOperationException>(() => router.Route("near", Question, Profiles.All)).Message);
        end.SetResult();
    }

    [Fact]
    public async Task WithAsync_Verdicts_AreEmbeddedOnceAndCountAsElsewhere()
    {
        FeedbackRow[] rows = [.. Enumerable.Range(0, 20).Select(client => Verdicts.Of($"c{client}", Question, Best(), 0))];
        PolicyRouter router = await WaitingAsync();

        PolicyRouter taught = await (await router.WithAsync(Verdicts.Evidence(rows[..19]))).WithAsync(Verdicts.Evidence(rows));

        Assert.Equal(20, _embedder.Asked.Count);
        RoutePlan plan = taught.RouteAll("near", await taught.EmbedAsync([new RouteQuestion(Question)]), Profiles.All)[0];
        Assert.Equivalent(_atOnce.With(Verdicts.Evidence(rows)).Route("near", Question, Profiles.All), plan, strict: true);
        Assert.NotEqual(_atOnce.Route("near", Question, Profiles.All).Ranked[0].Score, plan.Ranked[0].Score);
    }

    string Best() => _atOnce.Route("near", Question, Profiles.All).Primary;

    /// <summary>As the service makes one: the vectors of the profile are at hand.</summary>
    async Task<PolicyRouter> WaitingAsync()
    {
        IReadOnlyList<float[]> vectors = await _embedder.EmbedAsync(Questions);
        _embedder.Asked.Clear();
        var known = new Dictionary<string, float[]>();
        foreach ((string question, float[] vector) in Questions.Zip(vectors))
            known[question] = vector;
        return Router(QuestionSpace.Of(new KnownEmbedder(_embedder, known), Questions));
    }

    static PolicyRouter Router(QuestionSpace space) => new(
        [new PolicyConfig("near", "nearest", new Dictionary<string, string>(), 1)], Profiles.Table, Profiles.All, space);
}
