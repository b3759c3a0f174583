using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Host.InMemory;

namespace Orchestrator.InProcess.Tests;

/// <summary>What can be seen of a service from inside its process.</summary>
static class Looking
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<JsonElement> GetAsync(this IServiceProvider services, string path)
    {
        var invoker = await services.GetRequiredService<EmbeddedService>().StartedAsync(CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Entrance.Address, path));
        using var response = await invoker.SendAsync(request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static async Task<int> ActiveAsync(this IServiceProvider services) =>
        (await services.GetAsync("/running")).GetProperty("running").EnumerateArray().Sum(model => model.GetProperty("active_requests").GetInt32());

    public static async Task BecomesActiveAsync(this IServiceProvider services, int active)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await services.ActiveAsync() != active) await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
    }

    /// <summary>Threads of engines, by the name that the kernel has; it keeps 15 characters.</summary>
    public static int EngineThreads() => Directory.EnumerateDirectories("/proc/self/task")
        .Count(task => NameOf(task).StartsWith("batch loop", StringComparison.Ordinal));

    static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return ""; // It ended meanwhile.
        }
    }
}
