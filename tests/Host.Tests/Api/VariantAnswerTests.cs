using System.Globalization;
using Orchestrator.Experts;
using Orchestrator.TestKit;

namespace Orchestrator.Host.Tests.Api;

/// <summary>
/// The zoo's abacus and its real twin, in a budget that holds the twin beside the resident ledger but not abacus: a request
/// takes the twin, since it evicts nobody, and one that forbids it evicts ledger.
/// </summary>
public sealed class VariantAnswerTests : IAsyncLifetime
{
    const string Question = "What is 17 + 25?";

    readonly TemporaryFolder _folder = new();
    ZooService _service = null!;

    public async Task InitializeAsync()
    {
        _service = await StartAsync("1GiB");
        var experts = _service.Service.Pool.Snapshot().ToDictionary(expert => expert.Id);
        await _service.DisposeAsync();
        var (abacus, ledger) = (experts["abacus"].ExpectedBytes, experts["ledger"].ExpectedBytes);
        var twin = experts["abacus"].Variants.Single().ExpectedBytes;
        // Half way, so that a load may take a little more or less than was estimated.
        var budget = ledger + (twin + abacus) / 2;
        Assert.True(budget > abacus + (abacus - twin) / 2);

        _service = await StartAsync(budget.ToString(CultureInfo.InvariantCulture));
        using var loaded = await _service.Http.PostAsync("/models/load", ChatCalls.Json("""{"model":"ledger"}"""));
        loaded.EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"stream\":true")]
    public async Task Post_ExpertWouldHaveToWait_TheVariantAnswersAndIsNamed(string fields)
    {
        using var response = await AskAsync(variants: null, fields);

        response.EnsureSuccessStatusCode();
        Assert.Equal("q4_0", Header(response, "x-orchestrator-variant"));
        Assert.Equal("abacus", Header(response, "x-orchestrator-expert"));
        Assert.Contains("Answer: 42", fields.Length == 0
            ? await response.ReadAnswerAsync()
            : ChatCalls.TextOf(await response.ReadEventsAsync()));
        Assert.Equal(Residency.Resident, Of("ledger").Residency);
        Assert.Equal(Residency.Cold, Of("abacus").Residency);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"stream\":true")]
    public async Task Post_VariantsNever_TheExpertItselfAnswers(string fields)
    {
        using var tolerant = await AskAsync(variants: "allow", fields);
        Assert.Equal("q4_0", Header(tolerant, "x-orchestrator-variant"));
        using var response = await AskAsync(variants: "never", fields);

        response.EnsureSuccessStatusCode();
        Assert.False(response.Headers.Contains("x-orchestrator-variant"));
        Assert.Equal("abacus", Header(response, "x-orchestrator-expert"));
        Assert.Equal(Residency.Resident, Of("abacus").Residency);
        Assert.NotEqual(Residency.Resident, Of("ledger").Residency);
    }

    async Task<ZooService> StartAsync(string budget)
    {
        var models = Path.Combine(Repository.Root, "models");
        var config = _folder.File("orchestrator.yaml");
        await File.WriteAllTextAsync(config, $$"""
            server: { watch_config: false }
            engine: { threads: 1 }
            memory: { budget: {{budget}} }
            defaults:
              max_sequences: 1
              sampling: { temperature: 0 }
            experts:
              - id: abacus
                file: {{models}}/abacus.gguf
                variants:
                  - name: q4_0
                    file: {{models}}/variants/abacus.q4_0.gguf
              - id: ledger
                file: {{models}}/ledger.gguf
            """);
        var service = new ZooService(config);
        await service.InitializeAsync();
        return service;
    }

    async Task<HttpResponseMessage> AskAsync(string? variants, string fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = ChatCalls.Json(ChatCalls.Body("abacus", Question, fields)),
        };
        if (variants is not null) request.Headers.Add("x-orchestrator-variants", variants);
        return await _service.Http.SendAsync(request);
    }

    ExpertSnapshot Of(string id) => _service.Service.Pool.Snapshot().Single(expert => expert.Id == id);

    static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
