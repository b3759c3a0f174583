using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Retrieval.Collections;
using Orchestrator.Retrieval.Collections.Embedded;
using Orchestrator.Router.Embedding;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Collections;

/// <summary>The real executable, killed while clients upsert.</summary>
public sealed class CollectionKillTests
{
    const int Clients = 4;
    const int Rounds = 3;
    const int AcknowledgedARound = 150;

    [Fact]
    public async Task Kill_WhileUpserting_LosesNothingThatWasAcknowledged()
    {
        using var folder = new TemporaryFolder();
        TinyGguf.Saying("xyz").Save(folder.Path, "xyz.gguf");
        await File.WriteAllTextAsync(folder.File("pool.yaml"),
            "engine: { threads: 1 }\nretrieval: { collections: collections }\nexperts:\n  - { id: xyz, file: xyz.gguf }\n");
        await using (var store = new EmbeddedStore(folder.File("collections"), VectorIndexOptions.Default, TimeProvider.System))
            await store.CreateAsync(new CollectionSpec("papers", "encoder", FakeEncoder.Space, 2));
        var acknowledged = new ConcurrentDictionary<string, string>();

        for (int round = 0; round < Rounds; round++)
        {
            using Process server = Start(folder.File("pool.yaml"));
            using var http = new HttpClient { BaseAddress = await AddressAsync(server), Timeout = TimeSpan.FromMinutes(2) };
            await ReadyAsync(http);
            // The index is kept in step while documents come, and made by the first search of each round.
            await http.DoneAsync("/papers/query", """{"query": "round", "mode": "lexical"}""");
            int before = acknowledged.Count;
            Task[] clients = [.. Enumerable.Range(0, Clients).Select(client => UpsertUntilKilledAsync(http, $"{round}-{client}", acknowledged))];
            while (acknowledged.Count - before < AcknowledgedARound)
            {
                Assert.False(server.HasExited, "it ended before it could be killed");
                await Task.Delay(TimeSpan.FromMilliseconds(2));
            }
            server.Kill();
            await server.WaitForExitAsync();
            await Task.WhenAll(clients);
        }

        using Process last = Start(folder.File("pool.yaml"));
        try
        {
            using var http = new HttpClient { BaseAddress = await AddressAsync(last), Timeout = TimeSpan.FromMinutes(2) };
            await ReadyAsync(http);
            Assert.InRange(acknowledged.Count, Rounds * AcknowledgedARound, int.MaxValue);
            foreach ((string id, string text) in acknowledged)
                Assert.Equal(text, (await http.FindAsync($"/papers/documents/{id}")).Text("text"));
            string[] found = (await http.DoneAsync("/papers/query", """{"query": "round", "mode": "lexical", "top_k": 1000}""")).Ids();
            long there = (await http.FindAsync("/papers")).GetProperty("documents").GetInt64();
            Assert.Equal(Math.Min(1000, there), found.Length);
            // What was on its way when the server was killed may be there as well: one document a client and round at most.
            Assert.InRange(there, acknowledged.Count, acknowledged.Count + (Clients * Rounds));
        }
        finally
        {
            last.Kill();
        }
    }

    static async Task UpsertUntilKilledAsync(HttpClient http, string client, ConcurrentDictionary<string, string> acknowledged)
    {
        for (int i = 0; ; i++)
        {
            (string id, string text) = ($"{client}-{i}", $"round {client} document {i}");
            try
            {
                using HttpResponseMessage reply = await http.SendAsync("/papers/documents", JsonSerializer.Serialize(new
                {
                    documents = new[] { new { id, text, embedding = new[] { 1f, i } } },
                    space = FakeEncoder.Space,
                }));
                reply.EnsureSuccessStatusCode();
            }
            catch (Exception killed) when (killed is HttpRequestException { StatusCode: null } or IOException)
            {
                return;
            }
            acknowledged[id] = text;
        }
    }

    static async Task ReadyAsync(HttpClient http)
    {
        while (!(await http.GetAsync("/ready")).IsSuccessStatusCode) await Task.Delay(TimeSpan.FromMilliseconds(20));
    }

    static Process Start(string config) => Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "orchestrator"), ["serve", "--config", config, "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;

    static async Task<Uri> AddressAsync(Process server)
    {
        const string Mark = "Now listening on: ";
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = server.StandardOutput.ReadToEndAsync();
                return new Uri(line[(at + Mark.Length)..]);
            }
        }
        throw new InvalidOperationException("The server ended without listening.");
    }
}
