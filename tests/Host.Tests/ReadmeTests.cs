using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Host.Tests.Collections;
using Orchestrator.Host.Tests.Retrieval;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests;

/// <summary>The curl examples of README.md, sent as they stand there.</summary>
[Collection(ZooCollection.Name)]
public sealed partial class ReadmeTests(ZooService zoo)
{
    static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [GeneratedRegex("curl http://127\\.0\\.0\\.1:8080(?<path>\\S+) .*?-d '(?<body>.*?)'", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Curl();

    [Fact]
    public async Task Examples_AsWritten_Succeed()
    {
        var examples = Curl().Matches(Readme).Where(example => !IsOfCollections(example) && !IsOfStock(example)).ToList();

        Assert.Equal(4, examples.Count);
        foreach (Match example in examples)
        {
            using var response = await zoo.Http.PostAsync(
                example.Groups["path"].Value, ChatCalls.Json(example.Groups["body"].Value));
            Assert.True(response.IsSuccessStatusCode, example.Value);
        }
    }

    /// <summary>The zoo has no expert that embeds, so these are sent to a service that has.</summary>
    [Fact]
    public async Task ExamplesOfCollections_AsWritten_FindTheDocument()
    {
        await using var service = await EmbeddingService.StartAsync(retrieval: ", collections: collections");
        var examples = Curl().Matches(Readme).Where(IsOfCollections).ToList();
        Assert.Equal(3, examples.Count);

        var replies = new List<JsonElement>();
        foreach (var example in examples)
            replies.Add(await service.Http.DoneAsync(example.Groups["path"].Value["/v1/collections".Length..], example.Groups["body"].Value));

        Assert.Equal(["2"], replies[^1].Ids());
    }

    [Fact]
    public async Task FirstExample_Answer_IsWhatTheTextPromises()
    {
        var promised = Regex.Match(Readme, "The answer ends in `(?<answer>[^`]+)`", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        using var response = await zoo.Http.PostAsync(
            "/v1/chat/completions", ChatCalls.Json(Curl().Match(Readme).Groups["body"].Value));

        Assert.EndsWith(promised.Groups["answer"].Value, await response.ReadAnswerAsync());
    }

    /// <summary>Those of documents and their policy are sent by <see cref="Retrieval.DocumentsExampleTests"/>.</summary>
    static bool IsOfCollections(Match example) =>
        example.Groups["path"].Value.StartsWith("/v1/collections", StringComparison.Ordinal) && !IsOfStock(example);

    static bool IsOfStock(Match example) => example.Groups["body"].Value.Contains("\"stock\"", StringComparison.Ordinal);

    [Fact]
    public void Links_ToFiles_Exist()
    {
        var links = Regex.Matches(Readme, "\\]\\((?<path>[^)#:]+)\\)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(link => link.Groups["path"].Value).ToList();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Repository.Root, link)), link));
    }
}
