using System.Text.Json;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Api;

/// <summary>Sixty-four streams at once over the zoo.</summary>
[Collection(ZooCollection.Name)]
public sealed class ManyClientsTests(ZooService zoo)
{
    const int Clients = 64;

    [Fact]
    public async Task Stream_64AtOnce_AnswerAsEachWouldAlone()
    {
        var questions = HeldOutQuestions().Take(Clients).ToArray();
        var alone = new List<string>();
        foreach (var question in questions) alone.Add(await StreamAsync(question));

        var together = await Task.WhenAll(questions.Select(StreamAsync));

        Assert.Equal(alone, together);
        Assert.All(zoo.Service.Pool.Snapshot(), expert => Assert.Equal(0, expert.ActiveRequests));
    }

    async Task<string> StreamAsync(string question)
    {
        using var response = await zoo.Http.ChatAsync("auto", question, "\"stream\":true");
        response.EnsureSuccessStatusCode();
        var events = await response.ReadEventsAsync();
        Assert.Equal("[DONE]", events[^1]);
        return ChatCalls.TextOf(events);
    }

    /// <summary>Spread over the file, so that all skills and experts take part.</summary>
    static IEnumerable<string> HeldOutQuestions() => File.ReadLines(Path.Combine(Repository.Root, "models/data/test.jsonl"))
        .Where((_, line) => line % 14 == 0)
        .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("question").GetString()!);
}
