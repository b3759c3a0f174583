using Orchestrator.Jobs.Running;
using Orchestrator.Router.Embedding;
using Orchestrator.Router.Outcomes;
using Orchestrator.Router.Routing;

namespace Orchestrator.Jobs.Tests.Running;

/// <summary>A job whose questions a model embeds.</summary>
public sealed class WaitingEmbedderJobTests
{
    static readonly string[] Known = [.. Enumerable.Range(0, 60).Select(i => $"{(i % 2 == 0 ? "maths" : "words")} {i}")];

    [Fact]
    public async Task RunAsync_EmbedderThatIsWaitedFor_GetsTheQuestionsOfAPolicyTogether()
    {
        var embedder = new FirstLetterEmbedder();
        await using JobRoom room = await JobRoom.StartAsync();
        var outcomes = new OutcomeTable("", ["a", "b"], [.. Known.Select(question => new OutcomeRow(
            question, question, [], [new Outcome(question[0] == 'm' ? 1 : 0, 1), new Outcome(question[0] == 'm' ? 0 : 1, 1)]))]);
        Dictionary<string, float[]> known = Known.ToDictionary(question => question, FirstLetterEmbedder.VectorOf);
        room.Place = room.Place with
        {
            Router = new PolicyRouter(
                [room.Config.Policies[0] with { Strategy = "nearest" }], outcomes, room.Config.Answering.ToHashSet(),
                QuestionSpace.Of(new KnownEmbedder(embedder, known), Known)),
        };
        await using JobService jobs = room.Open();

        await jobs.SubmitAsync("job", [JobRoom.Item("k", "auto", "mean of 1 and 3"), JobRoom.Item("l", "auto", "what is shy")], CancellationToken.None);
        await jobs.RunAsync("job", progress: null, CancellationToken.None);

        Assert.Equal(["a", "b"], jobs.Answers("job").Select(answer => answer.Text));
        Assert.Equal([2], embedder.Calls);
    }

    sealed class FirstLetterEmbedder : IEmbedder
    {
        public List<int> Calls { get; } = [];

        public string Id => "first-letter";

        public int Dimensions => 2;

        public async ValueTask<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            Calls.Add(texts.Count);
            return [.. texts.Select(VectorOf)];
        }

        public static float[] VectorOf(string text) => text[0] == 'm' ? [1, 0] : [0, 1];
    }
}
