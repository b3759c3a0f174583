using System.Text.Json;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Thoughts;

/// <summary>The policy <c>mixture-of-thoughts</c> over the zoo's own layers.</summary>
[Collection(ZooCollection.Name)]
public sealed class MixtureOfThoughtsTests(ZooService zoo)
{
    [Fact]
    public async Task Chat_PricesOfHeldOutThings_AreAddedByAnExpertThatKnowsNone()
    {
        Asked[] asked = [.. Questions("abacus<merchant", "held-out").Take(20)];

        var answers = await Task.WhenAll(asked.Select(question => AskAsync("mixture-of-thoughts", question.Question)));

        // 98.8 % of 1,200 others in bench/results/thoughts.
        int right = asked.Zip(answers).Count(pair => pair.Second.Text.EndsWith($"Answer: {pair.First.Reference}", StringComparison.Ordinal));
        Assert.InRange(right, 17, 20);
        Assert.All(answers, answer => Assert.Equal("abacus", answer.Expert));
        Assert.All(answers, answer => Assert.Contains("abacus attended to merchant (", answer.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chat_OrdinaryQuestions_AreAnsweredAsByTheStrategyAlone()
    {
        foreach (var asked in Questions("abacus<merchant", "ordinary").Take(10))
        {
            var mixed = await AskAsync("mixture-of-thoughts", asked.Question);
            var plain = await AskAsync("auto", asked.Question);

            Assert.Equal((plain.Expert, plain.Text), (mixed.Expert, mixed.Text));
        }
    }

    [Fact]
    public async Task Batch_OfTheSameQuestions_AnswersAsOneByOne()
    {
        Asked[] asked = [.. Questions("abacus<merchant", "held-out").Skip(20).Take(6)];
        List<string> alone = [];
        foreach (var question in asked)
            alone.Add((await AskAsync("mixture-of-thoughts", question.Question)).Text);

        var together = await Task.WhenAll(asked.Select(question => AskAsync("mixture-of-thoughts", question.Question)));

        Assert.Equal(alone, together.Select(answer => answer.Text));
    }

    [Fact]
    public async Task Route_Question_TellsWhoSpeaksAndWhoIsHeard()
    {
        var body = ChatCalls.Json(ChatCalls.Body("mixture-of-thoughts", "What is the price of muog plus 87?"));
        var plan = await (await zoo.Http.PostAsync("/v1/route", body)).ReadJsonAsync();

        Assert.Equal(["abacus", "merchant"], plan.GetProperty("panel").EnumerateArray().Select(member => member.GetString()));
        Assert.StartsWith("'abacus' speaks", plan.GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
    }

    async Task<Answer> AskAsync(string policy, string question)
    {
        var reply = await zoo.Http.ChatAsync(policy, question);
        reply.EnsureSuccessStatusCode();
        var json = await reply.ReadJsonAsync();
        return new Answer(
            json.GetProperty("model").GetString()!,
            json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!,
            json.GetRawText());
    }

    static IEnumerable<Asked> Questions(string pair, string set) => File
        .ReadLines(Path.Combine(Repository.Models, "data/thoughts.jsonl"))
        .Select(line => JsonSerializer.Deserialize<Asked>(line, JsonSerializerOptions.Web)!)
        .Where(asked => asked.Tags.Pair == pair && asked.Tags.Set == set);

    sealed record Answer(string Expert, string Text, string Body);

    sealed record Asked(string Question, string Reference, Tags Tags);

    sealed record Tags(string Pair, string Set);
}
