using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Host.Tests.InMemory;

/// <summary>Names in addresses are whatever their owners chose; both ways in must read them alike.</summary>
public sealed class SameAsKestrelTests : IAsyncLifetime
{
    readonly OnePipeline _own = new(EchoAsync);
    readonly HttpClient _http = new();
    WebApplication _kestrel = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _kestrel = builder.Build();
        _kestrel.Run(EchoAsync);
        await _kestrel.StartAsync();
        _http.BaseAddress = new Uri(_kestrel.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        _own.Dispose();
        await _kestrel.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/models/a%2Fb")]
    [InlineData("/v1/collections/my%20stock/documents/%C3%A4%25")]
    [InlineData("/v1/collections/x/documents/a/b+c;d?limit=2&after=%20+")]
    [InlineData("/%E2%82%AC/%ff")]
    [InlineData("/a//b/")]
    public async Task Get_Address_IsReadTheSameWay(string address)
    {
        Assert.Equal(
            await _http.GetStringAsync(new Uri(address, UriKind.Relative)),
            await _own.Http.GetStringAsync(new Uri(address, UriKind.Relative)));
    }

    static Task EchoAsync(HttpContext context) =>
        context.Response.WriteAsync($"{context.Request.Path.Value} {context.Request.QueryString} {context.Request.Query["after"]}");
}
