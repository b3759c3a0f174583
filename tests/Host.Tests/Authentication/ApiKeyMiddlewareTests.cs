using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Experts.Configuration;
using Orchestrator.Host.Authentication;
using Orchestrator.TestKit.Experts;

namespace Orchestrator.Host.Tests.Authentication;

/// <summary>The real service with a key.</summary>
public sealed class ApiKeyMiddlewareTests : IAsyncLifetime
{
    const string Variable = "ORCHESTRATOR_TEST_API_KEYS";
    const string Key = "sk-first";

    FakeService _service = null!;

    HttpClient Http => _service.Http;

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable(Variable, $"{Key}, sk-second");
        _service = await FakeService.StartOnAsync(
            $"""
            server: {"{"} api_key_env: {Variable} {"}"}
            memory: {"{"} budget: 64MiB {"}"}
            experts:
              - id: maths
                file: model.gguf
            """,
            new FakeModelLoader());
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Environment.SetEnvironmentVariable(Variable, null);
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/metrics")]
    [InlineData("/running")]
    [InlineData("/no/such/address")]
    public async Task Get_WithoutAKey_IsRefused(string path)
    {
        using var response = await Http.GetAsync(path);

        var error = await response.ReadErrorAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("invalid_api_key", error.GetProperty("code").GetString());
        Assert.Contains("Authorization: Bearer", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Post_WithoutAKey_ReachesNoExpert()
    {
        using var response = await Http.ChatAsync("maths", "go");

        await response.ReadErrorAsync(HttpStatusCode.Unauthorized);
        Assert.Empty(_service.Loader.Events);
    }

    [Theory]
    [InlineData("Bearer", "sk-wrong")]
    [InlineData("Basic", Key)]
    [InlineData("Bearer", "")]
    public async Task Get_WithAnotherKey_IsRefusedWithoutRepeatingIt(string scheme, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, key);
        using var response = await Http.SendAsync(request);

        var error = await response.ReadErrorAsync(HttpStatusCode.Unauthorized);
        if (key.Length > 0) Assert.DoesNotContain(key, error.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization", "Bearer sk-first")]
    [InlineData("Authorization", "bearer  sk-second")]
    [InlineData("x-api-key", "sk-second")]
    public async Task Get_WithAKey_IsAnswered(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/ready")]
    [InlineData("/")]
    [InlineData("/docs/index.html")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/openapi/v1-3.1.json")]
    public async Task Get_WhatProbesAskAndWhatDescribes_NeedsNoKey(string path)
    {
        using var response = await Http.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task Description_WithKeys_AsksForOne()
    {
        var document = JsonDocument.Parse(await Http.GetStringAsync("/openapi/v1.json")).RootElement;

        Assert.Equal(
            ["bearer", "api_key"],
            document.GetProperty("security").EnumerateArray().Select(requirement => requirement.EnumerateObject().Single().Name));
    }

    [Fact]
    public async Task Invoke_CallOfTheProcessItself_NeedsNoKey()
    {
        var passed = false;
        var middleware = new ApiKeyMiddleware(
            _ =>
            {
                passed = true;
                return Task.CompletedTask;
            },
            ApiKeys.From(new ServerConfig { ApiKeyEnv = "KEYS" }, _ => Key));
        var context = new DefaultHttpContext();
        context.Features.Set(OwnCall.Instance);

        await middleware.InvokeAsync(context);

        Assert.True(passed);
    }
}
