using System.Net;
using Microsoft.Extensions.AI;

namespace Orchestrator.Client.Tests.Connection;

public sealed class RefusalTests
{
    const string Advice =
        "Probably the endpoint is wrong: OrchestratorClientOptions.Endpoint is the service's address, all that comes before /v1.";

    [Fact]
    public async Task WrongKey_SaysWhereTheKeyGoes()
    {
        var refused = await RefusedAsync("""{"error":{"message":"The API key is wrong.","code":"invalid_api_key"}}""", HttpStatusCode.Unauthorized);

        Assert.Equal((401, "invalid_api_key"), (refused.Status, refused.Code));
        Assert.StartsWith("The API key is wrong. The key goes into OrchestratorClientOptions.ApiKey;", refused.Message, StringComparison.Ordinal);
        Assert.Contains("server.api_key_env", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForbiddenName_IsNoMatterOfKeys()
    {
        var refused = await RefusedAsync("""{"error":{"message":"Not by this name.","param":"Host","code":"host_not_allowed"}}""", HttpStatusCode.Forbidden);

        Assert.Equal(("Not by this name.", "host_not_allowed"), (refused.Message, refused.Code));
    }

    [Fact]
    public async Task ForbiddenBySomethingElse_SaysWhereTheKeyGoes() =>
        Assert.Contains("OrchestratorClientOptions.ApiKey", (await RefusedAsync("<html>", HttpStatusCode.Forbidden)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task UnknownPolicy_ListsWhatThereIs()
    {
        var refused = await RefusedAsync(
            """{"error":{"message":"The model 'x' does not exist. Available: auto, mason.","param":"model","code":"model_not_found"}}""", HttpStatusCode.NotFound);

        Assert.Equal(("The model 'x' does not exist. Available: auto, mason.", "model_not_found"), (refused.Message, refused.Code));
    }

    [Fact]
    public async Task WordsOfSomethingElse_AreShownWithTheStatus()
    {
        var refused = await RefusedAsync($"<html>{new string('x', 1000)}", HttpStatusCode.NotFound);

        Assert.StartsWith("The service replied 404 to /v1/chat/completions: <html>xxx", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith($"x… {Advice}", refused.Message, StringComparison.Ordinal);
        Assert.True(refused.Message.Length < 500);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Unknown request URL: POST /foo/v1/chat/completions.","code":"unknown_url"}}""", HttpStatusCode.NotFound)]
    [InlineData("""{"error":{"message":"GET is not allowed on /v1/chat/completions; allowed: POST.","code":"method_not_allowed"}}""", HttpStatusCode.MethodNotAllowed)]
    [InlineData("<html>", HttpStatusCode.Found)]
    [InlineData("<html>", HttpStatusCode.NotImplemented)]
    public async Task OtherAddress_SaysWhatAnEndpointIs(string reply, HttpStatusCode status) =>
        Assert.EndsWith(Advice, (await RefusedAsync(reply, status)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(HttpStatusCode.MovedPermanently)]
    [InlineData(HttpStatusCode.PermanentRedirect)]
    public async Task Redirection_IsNotFollowedAndSaysWhere(HttpStatusCode status)
    {
        await using var moved = await MovedServer.StartAsync((int)status);
        using var client = new OrchestratorChatClient(new OrchestratorClientOptions { Endpoint = moved.Address, ApiKey = "secret" });

        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));

        Assert.Equal($"The service replied {(int)status} to /v1/chat/completions: it is at {moved.Elsewhere}. {Advice}", refused.Message);
        Assert.Equal(0, moved.Followed);
    }

    [Fact]
    public async Task BodyWithoutEnd_IsReadToItsBound()
    {
        using var endless = new StreamContent(new EndlessStream());
        var service = new FakeService((_, _) => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = endless });
        using var client = service.Chat();

        var refused = await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));

        Assert.Equal(400, refused.Status);
    }

    [Theory]
    [InlineData("""{"error":{"message":"No.","type":"invalid_request_error","param":"model","code":null}}""", HttpStatusCode.BadRequest, "invalid_request_error")]
    [InlineData("""{"error":{"message":"No.","type":"server_error"}}""", HttpStatusCode.InternalServerError, "server_error")]
    [InlineData("<html>", HttpStatusCode.NotFound, "not_orchestrator")]
    [InlineData("<html>", HttpStatusCode.Found, "not_orchestrator")]
    [InlineData("<html>", HttpStatusCode.Forbidden, null)]
    [InlineData("<html>", HttpStatusCode.RequestEntityTooLarge, null)]
    [InlineData("", HttpStatusCode.BadGateway, null)]
    public async Task Code_WithoutTheServicesWord_IsItsKindOrNull(string reply, HttpStatusCode status, string? code) =>
        Assert.Equal(code, (await RefusedAsync(reply, status)).Code);

    static async Task<OrchestratorException> RefusedAsync(string reply, HttpStatusCode status)
    {
        using var client = FakeService.Of(reply, status).Chat();
        return await Assert.ThrowsAsync<OrchestratorException>(() => client.GetResponseAsync("hi"));
    }
}
