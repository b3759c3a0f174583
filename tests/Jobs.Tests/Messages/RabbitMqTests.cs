using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Experts.Gguf;
using Orchestrator.Jobs.Messages;
using Orchestrator.Jobs.Running;
using Orchestrator.Jobs.Store;
using Orchestrator.Jobs.Tests.Running;

namespace Orchestrator.Jobs.Tests.Messages;

/// <summary>The same jobs over a real RabbitMQ.</summary>
public sealed class RabbitMqTests
{
    const string Job = "job-1";

    [RabbitFact]
    public async Task RunAsync_OverRabbitMq_AnswersWhatItDoesInTheProcess()
    {
        using RabbitBroker broker = await RabbitBroker.StartAsync();
        await using JobRoom room = await JobRoom.StartAsync(merging: "d");
        await using JobService local = room.Open();
        await using JobService remote = Open(room, broker.Address);
        JobItem[] items = [.. JobRoom.Items(60, "a", "b", JobRoom.Panel)];
        await local.SubmitAsync("local", items);
        await remote.SubmitAsync(Job, items);

        await local.RunAsync("local");
        JobReport report = await remote.RunAsync(Job);

        Assert.Equal(60, report.Done);
        Assert.Equal(local.Answers("local").Select(answer => answer.Text), remote.Answers(Job).Select(answer => answer.Text));
    }

    [RabbitFact]
    public async Task RunAsync_CommandsOfAnEarlierRunInTheQueue_AreHarmless()
    {
        using RabbitBroker broker = await RabbitBroker.StartAsync();
        await using JobRoom room = await JobRoom.StartAsync();
        await using (JobService first = Open(room, broker.Address))
        {
            await first.SubmitAsync(Job, JobRoom.Items(20, "a"));
            await first.RunAsync(Job);
        }
        string store;
        await using (JobDatabase database = JobDatabase.Open(room.Folder)) store = $"{database.Id}-{ConfigFingerprint.Of(room.Config, new FileHashes())}";
        // A worker that takes commands and is lost with them: they stay in the queue.
        await using (JobBus lost = await JobBus.StartAsync(store, new Uri(broker.Address), 8, async (_, cancelled) => { await Task.Delay(-1, cancelled); return true; }, NullLoggerFactory.Instance, TimeSpan.FromMinutes(1), default))
            for (int i = 0; i < 20; i++)
                await lost.SendAsync(new AnswerGroup { Id = Guid.NewGuid(), Job = Job, Stage = JobStage.Ask, Expert = "a", Calls = [new CallKey(i, 0)] }, default);

        await using JobService second = Open(room, broker.Address);
        await second.SubmitAsync("job-2", JobRoom.Items(20, "a", "b"));
        JobReport report = await second.RunAsync("job-2");

        Assert.Equal(20, report.Done);
        Assert.Equal(20, second.Answers(Job).Count());
    }

    [Fact]
    public async Task RunAsync_NoBrokerAtTheAddress_SaysWhichAndKeepsTheJob()
    {
        await using JobRoom room = await JobRoom.StartAsync();
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        silent.Stop();
        await using JobService jobs = Open(room, $"amqp://guest:guest@127.0.0.1:{port}/", patience: TimeSpan.FromSeconds(1));
        await jobs.SubmitAsync(Job, JobRoom.Items(1, "a"));

        IOException failure = await Assert.ThrowsAsync<IOException>(() => jobs.RunAsync(Job));

        Assert.Contains($"127.0.0.1:{port}", failure.Message);
        Assert.Contains("jobs.rabbitmq", failure.Message);
    }

    static JobService Open(JobRoom room, string address, TimeSpan? patience = null) => JobService.Open(
        room.Config.Jobs with { Rabbitmq = address }, () => room.Place, TimeProvider.System, NullLoggerFactory.Instance, patience);
}
